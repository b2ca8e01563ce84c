import { webcrypto } from 'node:crypto';
import { toHex } from '#kernel';
import { commit, encodeEntry, formatProofFile, type JsonObject, TileReader } from '#ledger';
import {
  certificateSha256,
  createAuthority,
  createCertificateRequest,
  createKeyPair,
  importPrivateKey,
  issueCertificate,
  type ReceiptParts,
  signJson,
  type SubjectKind,
} from '#pki';
import {
  type Manifest,
  manifestDigest,
  tenderDigest,
  type TenderDescriptor,
  withdrawManifest,
  type WithdrawManifest,
} from '#sealing';
import { LogBuilder, openEntry } from '../../ledger/test-support/log-builder.js';
import { committeeOf, seal } from '../../sealing/test-support/committee.js';

export const RECEIVED_AT = '2026-03-01T08:00:05.250Z';
const VALIDITY = { validFrom: '2020-01-01T00:00:00.000Z', validTo: '2099-12-31T23:59:59.000Z' };
const ORGANISATION = '01920f4e-8d00-7000-8000-00000000000a';
const random = (length: number): Uint8Array => webcrypto.getRandomValues(new Uint8Array(length));

/** A certificate authority and those whom it certifies. */
export async function buildPeople(commonName = 'Test authority') {
  const { certificatePem: authorityPem, privateKeyPem } = await createAuthority({
    commonName,
    ...VALIDITY,
    serial: '01',
  });
  const authority = { certificatePem: authorityPem, privateKey: await importPrivateKey(privateKeyPem) };
  let serial = 0x10;
  const certify = async (name: string, kind: SubjectKind) => {
    const keys = await createKeyPair();
    const certificatePem = await issueCertificate({
      authority,
      requestPem: await createCertificateRequest({ keys, commonName: name }),
      subject: { commonName: name, organisation: name, serialNumber: '91350100M000100Y43', kind },
      ...VALIDITY,
      serial: (serial++).toString(16),
    });
    const sha256 = await certificateSha256(certificatePem);
    return { certificatePem, sha256, privateKey: keys.privateKey };
  };
  return { authorityPem, certify };
}

export type Person = Awaited<ReturnType<Awaited<ReturnType<typeof buildPeople>>['certify']>>;

/** What a forger may do otherwise than vault, bidder and ledger do it. */
export interface Deviations {
  readonly kind?: 'seal' | 'withdraw';
  readonly receivedAt?: string;
  readonly deadlineAt?: string;
  readonly platformKind?: SubjectKind;
  readonly bidderKind?: SubjectKind;
  readonly secondBidder?: boolean;
  readonly manifest?: (manifest: Manifest | WithdrawManifest, at: number) => object;
  readonly event?: (event: JsonObject) => object;
  readonly promise?: (promise: object) => object;
  readonly entry?: Uint8Array;
  readonly extra?: Uint8Array;
}

/** The parts of a receipt as bidder, vault and ledger make them, with real keys, proofs and a real log. */
export async function buildReceipt(deviations: Deviations = {}): Promise<ReceiptParts> {
  const people = await buildPeople();
  const platform = await people.certify('青海公共资源交易平台', deviations.platformKind ?? 'platform');
  const bidder = await people.certify('南方建设有限公司', deviations.bidderKind ?? 'organisation');
  const second = deviations.secondBidder ? await people.certify('北方建设有限公司', 'organisation') : bidder;
  const log = new LogBuilder();
  const { descriptor: plain } = committeeOf(5, 3, random);
  const { name: ledgerOrigin, verifierKey: ledgerKey } = log.signer;
  const { deadlineAt = plain.deadlineAt } = deviations;
  const descriptor = { ...plain, deadlineAt, ledgerOrigin, ledgerKey };
  const made = await manifestsOf(descriptor, [bidder, second], deviations);
  const { event, promise } = actOf(descriptor, made, deviations);
  const salt = random(32);
  const sealed = commit(event, salt);
  return {
    descriptor,
    manifests: await Promise.all(
      made.map((manifest, at) => sign(at === 1 ? second : bidder, manifest, 'sunseal-manifest')),
    ),
    promise: await sign(platform, promise(sealed), 'sunseal-promise'),
    entry: deviations.entry ?? encodeEntry({ v: 1, sealed }),
    reveal: { sealed, salt: toHex(salt), event },
    proof: await proofIn(log, sealed, deviations.extra),
    authorityPem: people.authorityPem,
    platformPem: platform.certificatePem,
  };
}

async function manifestsOf(
  descriptor: TenderDescriptor,
  bidders: readonly Person[],
  { kind = 'seal', manifest: change }: Deviations,
): Promise<Manifest[]> {
  const made: (Manifest | WithdrawManifest)[] = [];
  const common = { descriptor, clientTime: RECEIVED_AT };
  if (kind === 'withdraw') {
    const bidderCertSha256 = bidders[0]!.sha256;
    made.push(
      withdrawManifest({ ...common, bidderCertSha256, seq: 2, previousManifestSha256: 'ab'.repeat(32) }),
    );
  } else {
    for (const [at, envelopeId] of descriptor.envelopes.entries()) {
      const bidderCertSha256 = bidders[at]!.sha256;
      made.push((await seal({ descriptor }, random, { ...common, bidderCertSha256, envelopeId })).manifest);
    }
  }
  return made.map((manifest, at) => change?.(manifest, at) ?? manifest) as Manifest[];
}

/** The event and the promise that the vault makes of manifests. */
function actOf(descriptor: TenderDescriptor, made: readonly Manifest[], deviations: Deviations) {
  const { kind = 'seal', receivedAt = RECEIVED_AT } = deviations;
  const tid = toHex(tenderDigest(descriptor));
  const manifests = made.map((manifest) => ({
    envelopeId: manifest.envelopeId ?? null,
    sha256: toHex(manifestDigest(manifest)),
    age: manifest.age ?? null,
  }));
  const event = {
    v: 1,
    type: kind === 'seal' ? 'bid-submitted' : 'bid-withdrawn',
    at: receivedAt,
    tender: descriptor.tenderId,
    actor: null,
    data: { tid, organisationId: ORGANISATION, seq: kind === 'seal' ? 1 : 2, receivedAt, manifests },
  };
  const promise = (sealed: string): object => ({
    v: 1,
    tid,
    manifestSha256: manifests.map(({ sha256 }) => sha256),
    sealed,
    receivedAt,
    ledgerOrigin: descriptor.ledgerOrigin,
    promise: 'in a checkpoint within 10 s',
  });
  return {
    event: (deviations.event?.(event) ?? event) as JsonObject,
    promise: (sealed: string) => deviations.promise?.(promise(sealed)) ?? promise(sealed),
  };
}

const sign = ({ privateKey, certificatePem }: Person, payload: object, typ: string): Promise<string> =>
  signJson(payload, { privateKey, certificatePem, typ });

/** The commitment among six other entries. */
async function proofIn(log: LogBuilder, sealed: string, extra: Uint8Array | undefined): Promise<string> {
  const others = Array.from({ length: 6 }, (_, at) => openEntry(at + 1));
  const checkpoint = await log.append([...others.slice(0, 4), { v: 1, sealed }, ...others.slice(4)]);
  const proof = await new TileReader(log.readFile, log.size).inclusionProof(4);
  return formatProofFile({ index: 4, proof, checkpoint, ...(extra ? { extra } : {}) });
}
