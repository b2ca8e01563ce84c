import { createHash } from 'node:crypto';
import { fromBase64, fromUtf8, jcsBytes, toBase64 } from '#kernel';
import { parseCheckpoint, parseNote, type WitnessState } from '#ledger';
import type { ObjectStore } from '#storage';
import { refuseState } from './witness-refusals.js';

export const STATE_PREFIX = 'state/';
/** Of each log and kind; more of the same says nothing new. */
export const EVIDENCE_MAX = 256;
const STATE_BYTES_MAX = 128 * 1024;

/** What a witness remembers of one log: the state that decides, and the signed checkpoint that it came from. */
export interface Remembered extends WitnessState {
  readonly checkpoint: string;
}

/**
 * `fork`: the log signed two roots for one size, and both checkpoints are here. `unproven`: the log signed a checkpoint
 * and somebody sent it with a proof that does not lead there; the log may be sound and the sender not.
 */
export type EvidenceKind = 'fork' | 'unproven';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The files of a witness. What is kept is durable when the call resolves. */
export class WitnessMemory {
  constructor(private readonly store: ObjectStore) {}

  /** Undefined for a log never cosigned. Refuses with `witness.state-malformed` rather than begin anew. */
  async load(origin: string): Promise<Remembered | undefined> {
    const key = stateKey(origin);
    if ((await this.store.head(key)) === undefined) return undefined;
    const bytes = await this.store.read(key, STATE_BYTES_MAX);
    let read: Remembered & { readonly origin: string };
    try {
      read = readState(bytes);
    } catch {
      throw refuseState(key);
    }
    if (read.origin !== origin) throw refuseState(key);
    return read;
  }

  /** Replaces what was remembered: whole or not at all, also when the power fails. */
  async keep(origin: string, { size, root, checkpoint }: Remembered): Promise<void> {
    await this.store.overwrite(
      stateKey(origin),
      jcsBytes({ v: 1, origin, size, root: toBase64(root), checkpoint }),
    );
  }

  /** Keeps what speaks against a log, the same once, at most {@link EVIDENCE_MAX} of each kind. */
  async keepEvidence(
    kind: EvidenceKind,
    origin: string,
    remembered: Remembered,
    offered: string,
  ): Promise<void> {
    const folder = evidenceFolder(kind, origin);
    const key = `${folder}${hashOf(parseNote(offered).text)}.json`;
    if ((await this.store.head(key)) !== undefined || (await this.count(folder)) >= EVIDENCE_MAX) return;
    await this.store.put(key, jcsBytes({ v: 1, kind, origin, remembered: remembered.checkpoint, offered }));
  }

  countEvidence(kind: EvidenceKind, origin: string): Promise<number> {
    return this.count(evidenceFolder(kind, origin));
  }

  private async count(folder: string): Promise<number> {
    let count = 0;
    for await (const _ of this.store.list(folder)) count += 1;
    return count;
  }
}

const stateKey = (origin: string): string => `${STATE_PREFIX}${hashOf(origin)}.json`;
const evidenceFolder = (kind: EvidenceKind, origin: string): string => `evidence/${kind}/${hashOf(origin)}/`;

/** The checkpoint must say the same as size and root, so that a torn or edited file is not believed. */
function readState(bytes: Uint8Array): Remembered & { readonly origin: string } {
  const { v, origin, size, root, checkpoint } = JSON.parse(fromUtf8(bytes)) as Record<string, unknown>;
  const claimed = parseCheckpoint(parseNote(String(checkpoint)).text);
  if (v !== 1 || claimed.origin !== origin || claimed.size !== size || toBase64(claimed.root) !== root) {
    throw new Error('state and checkpoint differ');
  }
  return {
    origin: claimed.origin,
    size: claimed.size,
    root: fromBase64(root),
    checkpoint: String(checkpoint),
  };
}
