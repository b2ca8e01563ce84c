import { lowerCheckpoints, requireLower, verifierFromKey, verifiersFor, type IndexedEntry } from '#ledger';
import { nodeSha256 as sha256 } from '#ledger/node';
import { asFault, LedgerFault } from '#verify';
import { type LedgerPlace, verifyLedgerAt } from './verify-ledger-at.js';

export interface LowerReport {
  readonly place: string;
  readonly origin: string;
  readonly regionCode: string;
  readonly size: number;
  /** Of this ledger, in the one above. */
  readonly checkpoints: number;
  /** How far the one above holds it. */
  readonly heldSize: number;
}

/**
 * Verifies a lower ledger by itself, and that it begins with the tree of every checkpoint of it that the entries of an
 * upper one hold, each signed by its key. The upper one is read first: the lower may have grown since. Throws a
 * LedgerFault of the lower ledger's place: `ledger.not-below` where the upper holds none of it, `ledger.rewound`,
 * `ledger.forked`, `checkpoint.signature-invalid`, and as `verifyLedger` does.
 */
export async function verifyLower(
  upper: Iterable<IndexedEntry>,
  { source, enteredWithinMs = Infinity }: Pick<LedgerPlace, 'source'> & { enteredWithinMs?: number },
): Promise<LowerReport> {
  const question = { source, keptFolders: [], enteredWithinMs, waitForQuorumMs: 0 };
  const { report, log } = await verifyLedgerAt(question);
  const { origin, size } = report;
  const all = await asFault(source.place, () => lowerCheckpoints(upper));
  const held = all.filter((one) => one.origin === origin);
  const latest = held.at(-1);
  if (!latest) {
    throw new LedgerFault(source.place, `no checkpoint of ${origin} is held above`, 'ledger.not-below');
  }
  await asFault(source.place, async () => {
    const notes = [report.checkpoint, ...held.map(({ note }) => note)];
    const verifiers = await verifiersFor(source.readFile, notes, [verifierFromKey(report.ledgerKey.key)]);
    const leaves = log.entries.map(({ leafHash }) => leafHash);
    requireLower(held, leaves, verifiers, sha256);
  });
  const heldSize = Math.max(...held.map((one) => one.size));
  const { regionCode } = latest;
  return { place: source.place, origin, regionCode, size, checkpoints: held.length, heldSize };
}
