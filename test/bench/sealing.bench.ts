import { webcrypto } from 'node:crypto';
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { toBase64Url, toHex } from '#kernel';
import {
  checkManifest,
  combineShares,
  createTrusteeKey,
  openEnvelope,
  openShare,
  sealEnvelope,
  type TenderDescriptor,
} from '#sealing';
import { ageEngineBench } from './age-engine.bench.js';
import { measure } from './measure.js';

const random = (length: number): Uint8Array => webcrypto.getRandomValues(new Uint8Array(length));
const hash = (n: number): string => toHex(new Uint8Array(32).fill(n));

/** Sealing to five trustees with a quorum of three beside a plain age file of the same bytes. */
export async function sealingBench(): Promise<void> {
  const keys = Array.from({ length: 5 }, () => createTrusteeKey(random));
  const descriptor: TenderDescriptor = {
    suite: 'SS1',
    tenderId: '0198a000-0000-7000-8000-000000000001',
    envelopes: ['commercial'],
    n: 5,
    k: 3,
    trustees: keys.map(({ publicKey }, at) => ({
      i: at + 1,
      certSha256: hash(at + 1),
      publicKey: toBase64Url(publicKey),
      statementSha256: hash(at + 11),
    })),
    deadlineAt: '2027-01-01T00:00:00.000Z',
    rules: {},
    ledgerOrigin: 'bench',
    ledgerKey: 'bench',
  };
  const parts = [{ name: 'offer.json', mediaType: 'application/json', bytes: random(60_000) }];
  const seal = () =>
    sealEnvelope({
      descriptor,
      bidderCertSha256: hash(99),
      seq: 1,
      previousManifestSha256: null,
      envelopeId: 'commercial',
      parts,
      clientTime: '2026-12-01T00:00:00.000Z',
      random,
    });
  const { manifest, ciphertext } = await seal();
  const closeEntrySha256 = hash(7);
  const share = (i: number) =>
    openShare({ descriptor, manifest, closeEntrySha256, trusteeIndex: i, key: keys[i - 1]!, random });
  const shares = [share(1), share(3), share(5)];
  const identity = combineShares({ descriptor, manifest, closeEntrySha256, shares });

  const plainIdentity = await generateX25519Identity();
  const plainRecipient = await identityToRecipient(plainIdentity);
  const encryptPlain = async () => {
    const encrypter = new Encrypter();
    encrypter.addRecipient(plainRecipient);
    return encrypter.encrypt(parts[0]!.bytes);
  };
  const plain = await encryptPlain();
  const decryptPlain = async (): Promise<void> => {
    const decrypter = new Decrypter();
    decrypter.addIdentity(plainIdentity);
    await decrypter.decrypt(plain);
  };
  const encrypt = async (): Promise<void> => void (await encryptPlain());
  const plainName = 'a plain age file';
  await measure({
    name: 'seal an envelope, 5 trustees',
    ours: async () => void (await seal()),
    limitName: plainName,
    limit: encrypt,
    count: 1,
    unit: 'envelopes',
  });
  await measure({
    name: 'check a deal at intake',
    ours: () => checkManifest(descriptor, manifest),
    limitName: plainName,
    limit: encrypt,
    count: 1,
    unit: 'deals',
  });
  await measure({
    name: 'one trustee’s share',
    ours: () => void share(1),
    limitName: plainName,
    limit: decryptPlain,
    count: 1,
    unit: 'shares',
  });
  await measure({
    name: 'open with the combined key',
    ours: async () => void (await openEnvelope({ ciphertext, identity, expected: manifest.age })),
    limitName: plainName,
    limit: decryptPlain,
    count: 1,
    unit: 'envelopes',
  });
  await ageEngineBench();
}
