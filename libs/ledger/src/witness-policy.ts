import type { OpenedCheckpoint } from './checkpoint.js';
import type { NoteVerifier } from './note-key.js';

export interface PolicyLog {
  /** Named as the log's origin. */
  readonly verifier: NoteVerifier;
  readonly url?: string;
}

export interface PolicyWitness {
  /** Known within the policy only. */
  readonly name: string;
  readonly verifier: NoteVerifier;
  /** Submission prefix of c2sp.org/tlog-witness. */
  readonly url?: string;
}

/** Has witnessed what `threshold` of its members have; a member is a witness or an earlier group. */
export interface PolicyGroup {
  readonly name: string;
  readonly threshold: number;
  readonly members: readonly string[];
}

/** Whose signatures make a checkpoint valid (c2sp.org/tlog-policy). */
export interface WitnessPolicy {
  /** Empty where the log is known in another way. */
  readonly logs: readonly PolicyLog[];
  readonly witnesses: readonly PolicyWitness[];
  /** In the order of the file: members come before their group. */
  readonly groups: readonly PolicyGroup[];
  /** Name of a witness or group, or `none`. */
  readonly quorum: string;
}

/** Quorum that asks for no cosignature. */
export const NO_QUORUM = 'none';
/** Keys of a policy's logs and witnesses, for `openCheckpoint` and `verifyLog`. */
export function policyVerifiers({ logs, witnesses }: WitnessPolicy): NoteVerifier[] {
  return [...logs, ...witnesses].map(({ verifier }) => verifier);
}

/**
 * Whether a checkpoint that was opened with {@link policyVerifiers} is signed by one of the policy's logs, where it
 * lists any, and cosigned by its quorum. Lines of other keys count for nothing.
 */
export function satisfies(policy: WitnessPolicy, checkpoint: OpenedCheckpoint): boolean {
  const signed = new Set(checkpoint.signatures.map(({ verifier }) => verifier.verifierKey));
  const byLog = policy.logs.some(
    ({ verifier }) => verifier.name === checkpoint.origin && signed.has(verifier.verifierKey),
  );
  if (policy.logs.length > 0 && !byLog) return false;
  if (policy.quorum === NO_QUORUM) return true;
  const witnessed = new Set(
    policy.witnesses.filter(({ verifier }) => signed.has(verifier.verifierKey)).map(({ name }) => name),
  );
  for (const { name, threshold, members } of policy.groups) {
    if (members.filter((member) => witnessed.has(member)).length >= threshold) witnessed.add(name);
  }
  return witnessed.has(policy.quorum);
}
