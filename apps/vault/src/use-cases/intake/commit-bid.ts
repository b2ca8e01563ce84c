import type { RequestOf, submitBid, withdrawBid } from '#contracts';
import type { Manifest, WithdrawManifest } from '#sealing';
import type { Call } from '#service';
import { type BidAct, requireAllEnvelopes } from '../../domain/bid-act.js';
import type { SealedTender } from '../../domain/sealed-tender.js';
import { organisationOf } from './participate.js';
import { type ReadManifest, readManifests } from './read-manifest.js';
import type { Receipt } from './receipt.js';
import type { VaultPorts } from '../vault-ports.js';

/**
 * Takes the commitment to a bid, first version or replacement: the signed manifests. Its bodies follow, and the proofs
 * of its deals are verified before the first of them is taken, so that a rush before the deadline waits for neither.
 */
export async function commitBid(
  ports: VaultPorts,
  { tenderId, manifests }: RequestOf<typeof submitBid>,
  call: Call,
): Promise<Receipt> {
  const tender = await ports.vault.tender(tenderId);
  const read = await readManifests<Manifest>(ports, tender, 'seal', manifests, call);
  requireAllEnvelopes(
    tender.descriptor.envelopes,
    read.map(({ manifest }) => manifest),
  );
  return commit(ports, tender, 'seal', read, call);
}

/** Takes a bid back. The withdrawn versions stay sealed for good. */
export async function commitWithdrawal(
  ports: VaultPorts,
  { tenderId, manifest }: RequestOf<typeof withdrawBid>,
  call: Call,
): Promise<Receipt> {
  const tender = await ports.vault.tender(tenderId);
  const read = await readManifests<WithdrawManifest>(ports, tender, 'withdraw', [manifest], call);
  return commit(ports, tender, 'withdraw', read, call);
}

function commit(
  { intake }: VaultPorts,
  { tenderId }: SealedTender,
  kind: BidAct['kind'],
  read: readonly ReadManifest<Manifest | WithdrawManifest>[],
  call: Call,
): Promise<Receipt> {
  const [{ manifest, organisationName }] = read as [ReadManifest<Manifest>];
  const organisationId = organisationOf(call);
  const certificateSha256 = manifest.bidderCertSha256;
  return intake.commit({
    act: { tenderId, organisationId, organisationName, certificateSha256, kind, read },
    call,
  });
}
