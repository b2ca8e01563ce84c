import { toHex, utf8 } from '#kernel';
import { openCheckpoint, type OpenedCheckpoint } from './checkpoint.js';
import { cosignedAt } from './cosignature.js';
import { defaultSha256 } from './hashing.js';
import type { NoteVerifier } from './note-key.js';
import { parseWitnessPolicy } from './parse-witness-policy.js';
import { refusal } from './refusal.js';
import { NO_QUORUM, policyVerifiers, satisfies, type WitnessPolicy } from './witness-policy.js';

/** A policy that a tender names by its hash, and the log's own keys. */
export interface NamedPolicy {
  readonly text: string;
  /** Lower-case hex; the text must have it. */
  readonly sha256: string;
  readonly logVerifiers: readonly NoteVerifier[];
}

export interface WitnessedCheckpoint extends OpenedCheckpoint {
  /** See {@link witnessedAt}. */
  readonly witnessedAt: number;
}

/** SHA-256 of the policy file's text as it is: what a descriptor names it by. */
export const policySha256 = (text: string): string => toHex(defaultSha256(utf8(text)));

/**
 * Unix seconds: the latest time such that the cosignatures of that time and after meet the policy by themselves. So
 * until then a whole quorum had seen no larger tree than this. Undefined where the quorum is missing, or asks for
 * nobody.
 */
export function witnessedAt(policy: WitnessPolicy, checkpoint: OpenedCheckpoint): number | undefined {
  if (policy.quorum === NO_QUORUM) return undefined;
  const times = checkpoint.signatures.map(cosignedAt).filter((time) => time !== undefined);
  return [...new Set(times)]
    .sort((a, b) => b - a)
    .find((from) => {
      const signatures = checkpoint.signatures.filter((line) => (cosignedAt(line) ?? from) >= from);
      return satisfies(policy, { ...checkpoint, signatures });
    });
}

/**
 * Opens a checkpoint that must carry the quorum of a named policy. Refuses with `ledger.witness-policy-mismatch` where
 * the text has another hash, with `ledger.witness-quorum-missing`, or with a code of `parseWitnessPolicy` and
 * `openCheckpoint`.
 */
export function openWitnessed(
  note: string,
  { text, sha256, logVerifiers }: NamedPolicy,
): WitnessedCheckpoint {
  if (policySha256(text) !== sha256) {
    throw refusal('ledger.witness-policy-mismatch', 'the policy is not the one that is named', { sha256 });
  }
  const policy = parseWitnessPolicy(text);
  const opened = openCheckpoint(note, verifiersWith(policy, logVerifiers));
  const at = witnessedAt(policy, opened);
  if (at === undefined) {
    throw refusal(
      'ledger.witness-quorum-missing',
      `the checkpoint of ${opened.size} entries lacks the quorum`,
      {
        size: opened.size,
        cosigned: opened.signatures.filter((line) => cosignedAt(line) !== undefined).map(({ name }) => name),
      },
    );
  }
  return { ...opened, witnessedAt: at };
}

/** Keys of the policy's witnesses and of the log itself, each once. */
export function verifiersWith(
  policy: WitnessPolicy,
  logVerifiers: readonly NoteVerifier[],
): readonly NoteVerifier[] {
  const all = [...policyVerifiers(policy), ...logVerifiers];
  return all.filter(
    ({ verifierKey }, at) => all.findIndex((other) => other.verifierKey === verifierKey) === at,
  );
}

export interface CutOff {
  /** An entry at this index or above is late. */
  readonly size: number;
  readonly witnessedAt: number;
}

/**
 * Where the log was cut off by witnesses' time: the smallest checkpoint that a quorum cosigned at or after the moment,
 * in Unix milliseconds. Undefined where none is given. Checkpoints that are not given can only make it smaller, so what
 * it finds late is late; keep checkpoints.
 */
export function findCutOff(
  checkpoints: readonly WitnessedCheckpoint[],
  momentMs: number,
): CutOff | undefined {
  return checkpoints
    .filter(({ witnessedAt: at }) => at * 1000 >= momentMs)
    .map(({ size, witnessedAt: at }) => ({ size, witnessedAt: at }))
    .toSorted((a, b) => a.size - b.size || a.witnessedAt - b.witnessedAt)[0];
}
