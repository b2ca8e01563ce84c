import { sha256 } from '@noble/hashes/sha2.js';
import { jcsBytes, toBase64Url, toHex, utf8 } from '#kernel';
import { buildAuthority } from '../pki-fixture.js';
import type { ReceiptParts } from './write-receipt-file.js';

const TENDER = '01920f4e-8d00-7000-8000-000000000001';

/** For specs of the form: parts whose form holds and whose signatures do not. */
export async function buildReceiptParts(): Promise<ReceiptParts> {
  const { authorityPem, holder } = await buildAuthority();
  const payloads = ['technical', 'price'].map((envelopeId) => jcsBytes({ envelopeId }));
  const manifests = ['technical', 'price'].map((envelopeId, at) => ({
    envelopeId,
    sha256: toHex(sha256(payloads[at]!)),
    age: { sha256: '0b'.repeat(32), size: 1024 },
  }));
  const data = {
    tid: '0a'.repeat(32),
    organisationId: '01920f4e-8d00-7000-8000-00000000000a',
    seq: 3,
    receivedAt: '2026-03-01T08:00:05.250Z',
    manifests,
  };
  const event = {
    v: 1,
    type: 'bid-submitted',
    at: '2026-03-01T08:00:05.250Z',
    tender: TENDER,
    actor: null,
    data,
  };
  return {
    descriptor: { ledgerKey: 'ledger.example+00000000+AAAA' },
    manifests: payloads.map((payload) => `e30.${toBase64Url(payload)}.AA`),
    promise: 'e30.e30.AA',
    entry: utf8('{"sealed":"","v":1}'),
    reveal: { sealed: '0c'.repeat(32), salt: '0d'.repeat(32), event },
    proof: 'c2sp.org/tlog-proof@v1\n',
    authorityPem,
    platformPem: (await holder()).certificatePem,
  };
}
