import type { Instant, Uuid } from '#kernel';
import type { Reveal } from '#contracts';
import type { BidAct } from '../../domain/bid-act.js';
import type { ReceivedAct } from '../../domain/commit-decision.js';
import type { SealedTender } from '../../domain/sealed-tender.js';
import type { SealedAct } from '../vault.port.js';
import type { VaultPorts } from '../vault-ports.js';

/** An act that was decided on: its number and its time stand. */
export interface DecidedAct {
  readonly act: ReceivedAct;
  readonly tender: SealedTender;
  readonly seq: number;
  readonly receivedAt: Instant;
}

/** What the ledger is to hold of it, as a commitment. `mailbox`: what a mailbox had it by, and proves. */
export function entryOf(
  { act, tender, seq, receivedAt }: DecidedAct,
  actorId: Uuid | null,
  mailbox?: Readonly<Record<string, unknown>>,
): SealedAct {
  const { kind, tenderId, organisationId, read } = act;
  const manifests = read.map(({ signed: { envelopeId, sha256, age } }) => ({ envelopeId, sha256, age }));
  return {
    type: kind === 'seal' ? 'bid-submitted' : 'bid-withdrawn',
    tenderId,
    actorId,
    data: {
      tid: tender.tid,
      organisationId,
      seq,
      receivedAt,
      manifests,
      ...(mailbox === undefined ? {} : { mailbox }),
    },
  };
}

/** The act as it is kept, with the platform's signed promise that its entry will be in a checkpoint. */
export async function promisedAct(
  { vault, signer }: Pick<VaultPorts, 'vault' | 'signer'>,
  { act, tender, seq, receivedAt }: DecidedAct,
  reveal: Reveal,
  mailbox?: BidAct['mailbox'],
): Promise<BidAct> {
  const { tenderId, organisationId, organisationName, certificateSha256, kind, read } = act;
  const manifests = read.map(({ signed }) => signed);
  const promise = await signer.sign({
    v: 1,
    tid: tender.tid,
    manifestSha256: manifests.map(({ sha256 }) => sha256),
    sealed: reveal.sealed,
    receivedAt,
    ledgerOrigin: tender.descriptor.ledgerOrigin,
    promise: 'in a checkpoint within 10 s',
  });
  const actId = vault.newId();
  const bidder = { tenderId, organisationId, organisationName, certificateSha256 };
  return {
    actId,
    ...bidder,
    seq,
    kind,
    receivedAt,
    manifests,
    promise,
    reveal,
    ...(mailbox === undefined ? {} : { mailbox }),
  };
}
