import { DomainError, instantToMs } from '#kernel';
import type {
  getWitnessedCheckpoint,
  getWitnessPolicy,
  RequestOf,
  ResponseOf,
  WitnessingState,
} from '#contracts';
import type { LedgerHead } from '../ledger.port.js';
import type { Cosignatures } from './cosignatures.port.js';
import type { Witnessing } from './witnessing.js';

/** What the identity of the ledger tells of its witnesses. */
export async function witnessingState(witnessing: Witnessing | undefined): Promise<WitnessingState | null> {
  if (!witnessing) return null;
  const { rows, policySha256 } = witnessing;
  const latest = await rows.latestWitnessed();
  return {
    policySha256,
    witnessed: latest ? { size: latest.size, at: latest.witnessedAt } : null,
    isQuorumMissing: await rows.isQuorumMissing(),
  };
}

/** A policy that holds or held, also one that no longer does. Throws `ledger.witness-policy-unknown`. */
export async function readPolicy(
  rows: Cosignatures,
  { policySha256 }: RequestOf<typeof getWitnessPolicy>,
): Promise<ResponseOf<typeof getWitnessPolicy>> {
  const policy = await rows.policy(policySha256);
  if (policy === undefined) {
    throw new DomainError('ledger.witness-policy-unknown', 'No policy of this hash has held here.');
  }
  return { policy };
}

/** Throws `ledger.not-witnessed`, and `ledger.witness-quorum-missing` where no such checkpoint has its quorum yet. */
export async function readWitnessed(
  witnessing: Witnessing | undefined,
  { since }: RequestOf<typeof getWitnessedCheckpoint>,
): Promise<ResponseOf<typeof getWitnessedCheckpoint>> {
  if (!witnessing)
    throw new DomainError('ledger.not-witnessed', 'No witness is asked to cosign this ledger.');
  const { rows, policySha256 } = witnessing;
  const found =
    since === undefined
      ? await rows.latestWitnessed()
      : await rows.firstWitnessedSince(Math.ceil(instantToMs(since) / 1000));
  if (!found) {
    throw new DomainError(
      'ledger.witness-quorum-missing',
      since === undefined
        ? 'No checkpoint has been cosigned by the quorum yet.'
        : `No checkpoint has been cosigned by the quorum at or after ${since} yet.`,
    );
  }
  return { policySha256, ...found };
}

/** The newest checkpoint with its quorum where it covers the entry, else the head: a proof should carry witnesses. */
export async function checkpointFor(
  index: number,
  head: LedgerHead,
  witnessing: Witnessing | undefined,
): Promise<Pick<LedgerHead, 'size' | 'checkpoint'>> {
  const witnessed = await witnessing?.rows.latestWitnessed();
  return witnessed && index < witnessed.size ? witnessed : head;
}
