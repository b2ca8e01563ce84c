import { z } from 'zod';
import { instant, sha256Hex } from '#contracts';
import { isBefore } from '#kernel';
import { certificateSha256, type ReceiptFile, verifyJson } from '#pki';
import type { MailboxTestimony } from '#ledger';
import type { TenderDescriptor } from '#sealing';
import { mailboxOf, type ShownAct } from './mailbox-act.js';
import { inMember, requireHolds } from './receipt-fault.js';

const FILE = 'promise.jws';

const promised = z.strictObject({
  v: z.literal(1),
  tid: sha256Hex,
  manifestSha256: z.array(sha256Hex),
  sealed: sha256Hex,
  receivedAt: instant,
  ledgerOrigin: z.string(),
  promise: z.string(),
});

export interface VerifiedPromise {
  /** Name of the platform as the authority certified it. */
  readonly platform: string;
  /** What the tender's mailbox says, where the platform took the act from its log. */
  readonly mailbox: MailboxTestimony | null;
}

/**
 * The platform itself signed, with a certificate that was valid when the bid was received, that it received these
 * manifests then, before the deadline, or that the tender's mailbox had them before it; and that this commitment is
 * theirs.
 */
export async function verifyPromise(
  { promise, summary, reveal, platformPem }: ReceiptFile,
  descriptor: TenderDescriptor,
  authorityPem: string,
): Promise<VerifiedPromise> {
  const { receivedAt, tid, envelopes } = summary;
  const { payload, certificate } = await inMember(FILE, () =>
    verifyJson(promise, { authorityPem, at: receivedAt, typ: 'sunseal-promise' }),
  );
  requireHolds(certificate.kind === 'platform', FILE, 'It is not signed by a platform.');
  const platformSha256 = await inMember('certificates/platform.pem', () => certificateSha256(platformPem));
  requireHolds(
    platformSha256 === certificate.sha256,
    'certificates/platform.pem',
    'It is not the certificate that signed the promise.',
  );
  const read = promised.safeParse(payload);
  requireHolds(read.success, FILE, 'It is signed, but it is no promise.');
  const { data } = read;
  requireHolds(data.tid === tid, FILE, 'It is for another tender.');
  requireHolds(data.receivedAt === receivedAt, FILE, 'It names another time than the entry in the ledger.');
  requireHolds(data.sealed === reveal.sealed, FILE, 'It promises another entry of the ledger.');
  requireHolds(
    data.ledgerOrigin === descriptor.ledgerOrigin,
    FILE,
    'It names another ledger than the tender.',
  );
  const digests = envelopes.map(({ manifestSha256 }) => manifestSha256);
  requireHolds(data.manifestSha256.join() === digests.join(), FILE, 'It lists other manifests.');
  const event = reveal.event as { readonly data: ShownAct };
  const mailbox = await inMember('entry.reveal.json', () => mailboxOf(event.data, descriptor));
  const isInTime = mailbox !== null || isBefore(receivedAt, descriptor.deadlineAt);
  requireHolds(isInTime, FILE, 'It was received after the deadline.');
  return { platform: certificate.commonName, mailbox };
}
