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
  withdrawManifest,
  type WithdrawManifest,
} from '#sealing';
import { LogBuilder, openEntry } from '../../../../../libs/ledger/test-support/log-builder.js';
import { committeeOf, seal } from '../../../../../libs/sealing/test-support/committee.js';

export const RECEIVED_AT = '2026-03-01T08:00:05.250Z';
const VALIDITY = { validFrom: '2026-01-01T00:00:00.000Z', validTo: '2026-12-31T23:59:59.000Z' };
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
  const { kind = 'seal', receivedAt = RECEIVED_AT, platformKind = 'platform' } = deviations;
  const people = await buildPeople();
  const platform = await people.certify('青海公共资源交易平台', platformKind);
  const bidder = await people.certify('南方建设有限公司', deviations.bidderKind ?? 'organisation');
  const second = deviations.secondBidder ? await people.certify('北方建设有限公司', 'organisation') : bidder;
  const log = new LogBuilder();
  const { descriptor: plain } = committeeOf(5, 3, random);
  const descriptor = { ...plain, ledgerOrigin: log.signer.name, ledgerKey: log.signer.verifierKey };
  const tid = toHex(tenderDigest(descriptor));

  const common = { bidderCertSha256: bidder.sha256, seq: 1, previousManifestSha256: null };
  const made: (Manifest | WithdrawManifest)[] = [];
  if (kind === 'withdraw') {
    const previousManifestSha256 = 'ab'.repeat(32);
    made.push(
      withdrawManifest({ ...common, descriptor, seq: 2, previousManifestSha256, clientTime: receivedAt }),
    );
  } else {
    for (const [at, envelopeId] of descriptor.envelopes.entries()) {
      const bidderCertSha256 = (at === 1 ? second : bidder).sha256;
      made.push((await seal({ descriptor }, random, { ...common, bidderCertSha256, envelopeId })).manifest);
    }
  }
  const changed = made.map((manifest, at) => deviations.manifest?.(manifest, at) ?? manifest) as Manifest[];
  const manifests = await Promise.all(
    changed.map((manifest, at) => sign(at === 1 ? second : bidder, manifest, 'sunseal-manifest')),
  );

  const named = changed.map((manifest) => ({
    envelopeId: manifest.envelopeId ?? null,
    sha256: toHex(manifestDigest(manifest)),
    age: manifest.age ?? null,
  }));
  const plainEvent = {
    v: 1,
    type: kind === 'seal' ? 'bid-submitted' : 'bid-withdrawn',
    at: RECEIVED_AT,
    tender: descriptor.tenderId,
    actor: null,
    data: { tid, organisationId: ORGANISATION, seq: kind === 'seal' ? 1 : 2, receivedAt, manifests: named },
  };
  const event = (deviations.event?.(plainEvent) ?? plainEvent) as JsonObject;
  const salt = random(32);
  const sealed = commit(event, salt);
  const plainPromise = {
    v: 1,
    tid,
    manifestSha256: named.map(({ sha256 }) => sha256),
    sealed,
    receivedAt,
    ledgerOrigin: descriptor.ledgerOrigin,
    promise: 'in a checkpoint within 10 s',
  };
  const promise = deviations.promise?.(plainPromise) ?? plainPromise;

  return {
    descriptor,
    manifests,
    promise: await sign(platform, promise, 'sunseal-promise'),
    entry: deviations.entry ?? encodeEntry({ v: 1, sealed }),
    reveal: { sealed, salt: toHex(salt), event },
    proof: await proofIn(log, sealed, deviations.extra),
    authorityPem: people.authorityPem,
    platformPem: platform.certificatePem,
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
