import { setTimeout as sleep } from 'node:timers/promises';
import { fromUtf8 } from '#kernel';
import { type NoteVerifier, openCheckpoint, type WitnessPolicy, witnessedAt } from '#ledger';
import { asFault, LedgerFault } from '#verify';
import type { LogSource } from './log-source.js';

const LOOK_AGAIN_MS = 200;

/** The key that the log itself shows: believed only by whoever has no other. */
export async function readKey({ readFile }: LogSource): Promise<string> {
  try {
    return fromUtf8(await readFile('log.vkey')).trim();
  } catch {
    throw new LedgerFault('log.vkey', 'is missing: give the key with --ledger-key', 'log.truncated');
  }
}

interface NewestWanted {
  readonly policy: WitnessPolicy | undefined;
  readonly verifiers: readonly NoteVerifier[];
  /** How long to look again for one with the quorum, at an address. */
  readonly waitMs: number;
}

/** The newest checkpoint; with a policy one that carries its quorum, which at an address may take a moment. */
export async function newestCheckpoint(
  source: LogSource,
  { policy, verifiers, waitMs }: NewestWanted,
): Promise<string> {
  const until = Date.now() + (source.isRemote ? waitMs : 0);
  for (;;) {
    const note = await readNote(source);
    const opened = await asFault('checkpoint', () => openCheckpoint(note, verifiers));
    if (!policy || witnessedAt(policy, opened) !== undefined) return note;
    if (Date.now() >= until) {
      const reason = `the checkpoint of ${opened.size} entries lacks the quorum of witnesses`;
      throw new LedgerFault('checkpoint', reason, 'ledger.witness-quorum-missing');
    }
    await sleep(LOOK_AGAIN_MS);
  }
}

/** Text of the checkpoint as it lies there, of which nothing is checked. */
export async function readNote({ readFile, isRemote }: LogSource): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile('checkpoint');
  } catch (error) {
    if (isRemote) throw error;
    throw new LedgerFault('checkpoint', 'is missing', 'log.truncated');
  }
  try {
    return fromUtf8(bytes);
  } catch {
    throw new LedgerFault('checkpoint', 'is not UTF-8', 'note.malformed');
  }
}
