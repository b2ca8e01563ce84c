import { createHash } from 'node:crypto';
import { DomainError, invariant, type Uuid } from '#kernel';
import { checkCertificate, type releaseBidderKey, type RequestOf, type ResponseOf } from '#contracts';
import { verifyJson } from '#pki';
import { asksBidderKey, type BidderKeyRelease, checkBidderKeyRelease } from '#sealing';
import type { Call } from '#service';
import { type EnvelopeToOpen, envelopesToOpen } from '../../domain/opening/envelopes-to-open.js';
import { requireGoingOn, requireOpenable } from '../../domain/sealed-tender.js';
import { organisationOf } from '../intake/participate.js';
import { manifestOf } from '../intake/read-manifest.js';
import { decideOpening, loadOpening } from './open-session.js';
import { signedOf } from './signed-manifests.js';
import type { VaultPorts } from '../vault-ports.js';

/**
 * A bidder releases the key of its own, signed and bound to the one manifest that names it. It is kept hidden until the
 * envelopes are open; the ledger holds a commitment. The release that completes all of them ends the window.
 */
export async function takeBidderKey(
  ports: VaultPorts,
  { tenderId, envelopeId, release: jws }: RequestOf<typeof releaseBidderKey>,
  call: Call,
): Promise<ResponseOf<typeof releaseBidderKey>> {
  const { vault, openings } = ports;
  const ref = { tenderId, envelopeId };
  const organisationId = organisationOf(call);
  const tender = await vault.tender(tenderId);
  requireOpenable(tender, envelopeId);
  requireGoingOn(tender);
  const envelopes = envelopesToOpen(await vault.finalBids(tenderId), envelopeId, undefined);
  const own = envelopes.find((envelope) => envelope.organisationId === organisationId);
  if (!own) throw new DomainError('bid.unknown', 'No envelope of yours is to be opened here.');
  if (!asksBidderKey(tender.descriptor)) {
    throw new DomainError('bidder-key.not-open', 'This tender asks for no keys of bidders’ own.');
  }
  await requireOwnRelease(ports, tenderId, own, jws);
  const sha256 = createHash('sha256').update(jws).digest('hex');
  return openings.transact(call, async (tx) => {
    const opening = await loadOpening(tx, ref);
    const { alias, manifest } = own;
    if (opening.keys?.released.includes(alias)) {
      throw new DomainError('bidder-key.already-released', 'You have released this key already.');
    }
    await tx.keepRelease(ref, alias, { jws, sha256 });
    const data = { organisationId, envelopeId, manifestSha256: manifest.sha256, releaseSha256: sha256 };
    const reveal = await tx.sealKeyAct('bidder-key-released', tenderId, call.actorId, data);
    const { keys } = await decideOpening(tx, opening, { type: 'release-key', alias });
    return { releasedAt: await tx.vault.clock(), until: keys!.until, reveal };
  });
}

/** Signed with a certificate of the organisation that is in force now: that of the bid may have run out meanwhile. */
async function requireOwnRelease(
  { vault, requests, authorityPem }: VaultPorts,
  tenderId: Uuid,
  own: EnvelopeToOpen,
  jws: string,
): Promise<void> {
  const at = await vault.now();
  const { payload, certificate } = await verifyJson(jws, { authorityPem, at, typ: 'sunseal-bidder-key' });
  const owner = await requests.ask(checkCertificate, { certificateSha256: certificate.sha256 });
  if (!owner.isValid || owner.organisationId !== own.organisationId) {
    throw new DomainError(
      'bid.other-organisation',
      'The release is not signed with your organisation’s certificate.',
    );
  }
  const [signed] = await signedOf(vault, tenderId, [own]);
  invariant(signed !== undefined, 'what was signed is kept with every final bid');
  await checkBidderKeyRelease(manifestOf(signed), payload as BidderKeyRelease);
}
