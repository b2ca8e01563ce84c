import { jcs, toHex } from '#kernel';
import { type CertificateInfo, type ReceiptFile, verifyJson } from '#pki';
import {
  checkManifest,
  type Manifest,
  manifestDigest,
  type TenderDescriptor,
  type WithdrawManifest,
} from '#sealing';
import { inMember, requireHolds } from './receipt-fault.js';

/**
 * One organisation signed a manifest for each envelope of the tender (or one withdrawal), to this tender, with the
 * bodies that the entry lists, and every proof in them holds. Returns its certificate.
 */
export async function verifyManifests(
  receipt: ReceiptFile,
  descriptor: TenderDescriptor,
  authorityPem: string,
): Promise<CertificateInfo> {
  const { summary, manifests } = receipt;
  if (summary.kind === 'seal') {
    const given = summary.envelopes.map(({ envelopeId }) => envelopeId).sort();
    const expected = [...descriptor.envelopes].sort();
    requireHolds(
      given.join() === expected.join(),
      'entry.reveal.json',
      'It does not name each envelope of the tender.',
    );
  }
  const signers: CertificateInfo[] = [];
  for (const [at, { member, jws }] of manifests.entries()) {
    const { payload, certificate } = await inMember(member, () =>
      verifyJson(jws, { authorityPem, at: summary.receivedAt, typ: 'sunseal-manifest' }),
    );
    requireHolds(certificate.kind === 'organisation', member, 'It is not signed by an organisation.');
    const manifest = payload as Manifest | WithdrawManifest;
    await inMember(member, () => checkManifest(descriptor, manifest));
    requireHolds(manifest.bidderCertSha256 === certificate.sha256, member, 'It names another certificate.');
    requireEntered(receipt, at, manifest);
    signers.push(certificate);
  }
  const [bidder] = signers as [CertificateInfo];
  const other = signers.findIndex(({ sha256 }) => sha256 !== bidder.sha256);
  if (other >= 0) requireHolds(false, manifests[other]!.member, 'Another bidder signed it.');
  return bidder;
}

/** The manifest is the one that the entry lists at this place. */
function requireEntered(
  { summary, manifests }: ReceiptFile,
  at: number,
  manifest: Manifest | WithdrawManifest,
): void {
  const { member } = manifests[at]!;
  const { envelopeId, manifestSha256, body } = summary.envelopes[at]!;
  const isListed = toHex(manifestDigest(manifest)) === manifestSha256;
  requireHolds(isListed, member, 'It is not the manifest that the entry and the promise list.');
  requireHolds(manifest.kind === summary.kind, member, 'It is another act than the entry says.');
  requireHolds(manifest.seq === summary.seq, member, 'It is another version than the entry says.');
  const signed = manifest.kind === 'seal' ? manifest : { envelopeId: null, age: null };
  requireHolds(signed.envelopeId === envelopeId, member, 'It is for another envelope than the entry says.');
  requireHolds(jcs(signed.age) === jcs(body), member, 'It is for another body than the entry says.');
}
