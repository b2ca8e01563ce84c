import { type Instant, bytesEqual, fromBase64, fromUtf8, isDomainError, toBase64 } from '#kernel';
import type { LowerCentreFault } from '#contracts';
import {
  type Checkpoint,
  formatNote,
  openCheckpoint,
  openHeartbeat,
  TileReader,
  verifyConsistency,
} from '#ledger';
import { nodeSha256 } from '#ledger/node';
import type { LowerCentre, LowerEvidence, LowerHead } from './lower-centre.js';

/** What one look at a lower ledger showed. */
export type LowerLook =
  | { readonly kind: 'sound'; readonly head: LowerHead; readonly heartbeatAt: Instant }
  | { readonly kind: 'fault'; readonly fault: LowerCentreFault; readonly evidence: LowerEvidence }
  /** Not reached, or only in part: it may answer at the next look. */
  | { readonly kind: 'unread'; readonly reason: string };

/** Of a note that is not signed, this much is shown. */
const EVIDENCE_CHARS_MAX = 2_000;

/** Something that the lower ledger signed earlier. */
interface Earlier {
  readonly size: number;
  readonly root: Uint8Array;
  readonly note: string;
}

/**
 * Reads heartbeat and checkpoint of a lower ledger, in this order, and proves from its tiles that the checkpoint
 * continues both the heartbeat and the last one that was entered. Never throws for what the lower ledger says.
 */
export async function lookAtLower(
  { verifiers, readFile }: LowerCentre,
  known: LowerHead | undefined,
): Promise<LowerLook> {
  let heartbeat: string;
  let note: string;
  try {
    heartbeat = fromUtf8(await readFile('heartbeat'));
    note = fromUtf8(await readFile('checkpoint'));
  } catch (error) {
    return { kind: 'unread', reason: reasonOf(error) };
  }
  let beat: ReturnType<typeof openHeartbeat>;
  let seen: ReturnType<typeof openCheckpoint>;
  try {
    beat = openHeartbeat(heartbeat, verifiers);
    seen = openCheckpoint(note, verifiers);
  } catch (error) {
    if (!isDomainError(error)) throw error;
    const evidence = { code: error.code, seen: note.slice(0, EVIDENCE_CHARS_MAX) };
    return { kind: 'fault', fault: 'lower-centre-unsigned', evidence };
  }
  const head = headOf(seen);
  const earlier: Earlier[] = [{ ...beat.checkpoint, note: heartbeat }];
  if (known) earlier.push({ size: known.size, root: fromBase64(known.root), note: known.checkpoint });
  const reader = new TileReader(readFile, seen.size, nodeSha256);
  try {
    for (const one of earlier) {
      const fault = await contradiction(reader, one, seen);
      if (fault) return { kind: 'fault', fault, evidence: { known: one.note, seen: head.checkpoint } };
    }
  } catch (error) {
    return { kind: 'unread', reason: reasonOf(error) };
  }
  return { kind: 'sound', head, heartbeatAt: beat.at };
}

/** Throws where tiles could not be read. */
async function contradiction(
  reader: TileReader,
  { size: oldSize, root: oldRoot }: Earlier,
  { size, root }: Checkpoint,
): Promise<LowerCentreFault | undefined> {
  if (size < oldSize) return 'lower-centre-rewound';
  if (size === oldSize) return bytesEqual(root, oldRoot) ? undefined : 'lower-centre-forked';
  if (oldSize === 0) return undefined;
  const proof = await reader.consistencyProof(oldSize);
  try {
    verifyConsistency({ oldSize, oldRoot, size, root, proof }, nodeSha256);
    return undefined;
  } catch (error) {
    if (isDomainError(error)) return 'lower-centre-forked';
    throw error;
  }
}

function headOf({ text, signatures, origin, size, root }: ReturnType<typeof openCheckpoint>): LowerHead {
  const own = signatures.filter(({ verifier: { name } }) => name === origin);
  return { size, root: toBase64(root), checkpoint: formatNote({ text, signatures: own }) };
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
