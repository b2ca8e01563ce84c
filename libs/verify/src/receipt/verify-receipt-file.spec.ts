import { beforeAll, describe, expect, it } from '@jest/globals';
import { unzipSync } from 'fflate';
import { utf8 } from '#kernel';
import { type ReceiptParts, writeReceiptFile } from '#pki';
import { packStored } from '../../../pki/src/receipt/stored-zip.js';
import { sumsOf } from '../../../pki/src/receipt/receipt-sums.js';
import type { ReceiptFault } from './receipt-fault.js';
import {
  buildPeople,
  buildReceipt,
  type Deviations,
  RECEIVED_AT,
} from '../../test-support/receipt-builder.js';
import { type ReceiptTrust, verifyReceiptFile } from './verify-receipt-file.js';

const faultOf = async (bytes: Uint8Array, trust: ReceiptTrust = {}): Promise<ReceiptFault> => {
  const error: unknown = await verifyReceiptFile(bytes, trust).then(
    () => 'accepted',
    (fault: unknown) => fault,
  );
  expect(error).toMatchObject({ name: 'ReceiptFault' });
  return error as ReceiptFault;
};

describe('a receipt', () => {
  let parts: ReceiptParts;
  let bytes: Uint8Array;
  let members: Map<string, Uint8Array>;
  beforeAll(async () => {
    parts = await buildReceipt();
    bytes = writeReceiptFile(parts);
    members = new Map(Object.entries(unzipSync(bytes)));
  });

  /** As a forger writes it, who also writes the list of hashes anew. */
  const forged = (name: string, content: Uint8Array): Uint8Array => {
    const files = new Map([...members, [name, content]]);
    if (name !== 'MANIFEST.sha256') files.set('MANIFEST.sha256', utf8(sumsOf(files)));
    return packStored(files);
  };

  it('says who bid what and when, and rests on its own keys unless others are given', async () => {
    const report = await verifyReceiptFile(bytes);
    expect(report).toMatchObject({
      kind: 'seal',
      seq: 1,
      receivedAt: RECEIVED_AT,
      bidder: { name: '南方建设有限公司', creditCode: '91350100M000100Y43' },
      platform: '青海公共资源交易平台',
      ledger: { origin: 'ledger.example/test', index: 4, size: 7 },
      anchors: { authority: 'own', ledgerKey: 'own', timestampAuthority: null },
      timestamp: null,
    });
    expect(report.envelopes.map(({ envelopeId }) => envelopeId)).toEqual(['technical', 'price']);
    const { authorityPem, descriptor } = parts;
    const trusted = await verifyReceiptFile(bytes, { authorityPem, ledgerKey: descriptor.ledgerKey });
    expect(trusted.anchors).toEqual({ authority: 'given', ledgerKey: 'given', timestampAuthority: null });
  });

  it('of a withdrawal is checked alike', async () => {
    const report = await verifyReceiptFile(writeReceiptFile(await buildReceipt({ kind: 'withdraw' })));
    expect(report).toMatchObject({ kind: 'withdraw', seq: 2, envelopes: [{ envelopeId: null, body: null }] });
  });

  it('fails under another authority or ledger key than the reader’s', async () => {
    const { authorityPem } = await buildPeople();
    expect((await faultOf(bytes, { authorityPem })).member).toBe('certificates/authority.pem');
    const ledgerKey = parts.descriptor.ledgerKey.replace('+', '.org+');
    expect((await faultOf(bytes, { ledgerKey })).member).toBe('ledger.vkey');
    await expect(verifyReceiptFile(bytes, { authorityPem: 'none' })).rejects.toMatchObject({
      code: 'certificate.malformed',
    });
  });

  it('fails when any byte of the file is changed', async () => {
    for (let at = 0; at < bytes.length; at += 11) {
      const changed = bytes.slice();
      changed[at]! ^= 1 + (at % 255);
      await faultOf(changed);
    }
  });

  it('names the member in which one byte was changed', async () => {
    for (const [name, content] of members) {
      const changed = content.slice();
      changed[content.length >> 1]! ^= 0x01;
      const fault = await faultOf(packStored(new Map([...members, [name, changed]])));
      if (name !== 'MANIFEST.sha256') expect(fault.member).toBe(name);
    }
  });

  it('fails when a forger changes any part of what proves it and lists the new hash', async () => {
    const trust = { authorityPem: parts.authorityPem, ledgerKey: parts.descriptor.ledgerKey };
    // The README proves nothing, and a list of hashes that is right again is the list.
    const proofs = [...members].filter(([name]) => name !== 'README.md' && name !== 'MANIFEST.sha256');
    for (const [name, content] of proofs) {
      const step = Math.max(1, Math.floor(content.length / 16));
      for (let at = 0; at < content.length; at += step) {
        const changed = content.slice();
        changed[at]! ^= 0x02;
        await faultOf(forged(name, changed), trust);
      }
    }
  });

  it('fails when a member of another receipt takes the place of its own', async () => {
    const other = unzipSync(writeReceiptFile(await buildReceipt()));
    for (const name of members.keys()) {
      if (!/^(README|MANIFEST|ledger)/.test(name)) await faultOf(forged(name, other[name]!));
    }
  });
});

describe('a receipt that someone signed falsely', () => {
  const cases: [string, Deviations, string, RegExp][] = [
    [
      'was received at the deadline',
      { receivedAt: '2026-04-01T01:00:00.000Z' },
      'promise.jws',
      /after the deadline/,
    ],
    ['was promised by an organisation', { platformKind: 'organisation' }, 'promise.jws', /by a platform/],
    ['was bid by an expert', { bidderKind: 'expert' }, 'manifests/technical.jws', /by an organisation/],
    ['was bid by two', { secondBidder: true }, 'manifests/price.jws', /Another bidder/],
    [
      'promises another time',
      { promise: (p) => ({ ...p, receivedAt: '2026-03-01T08:00:05.251Z' }) },
      'promise.jws',
      /another time/,
    ],
    [
      'promises another tender',
      { promise: (p) => ({ ...p, tid: '00'.repeat(32) }) },
      'promise.jws',
      /another tender/,
    ],
    [
      'promises other manifests',
      { promise: (p) => ({ ...p, manifestSha256: [] }) },
      'promise.jws',
      /other manifests/,
    ],
    [
      'promises another entry',
      { promise: (p) => ({ ...p, sealed: '00'.repeat(32) }) },
      'promise.jws',
      /another entry/,
    ],
    [
      'promises another ledger',
      { promise: (p) => ({ ...p, ledgerOrigin: 'x' }) },
      'promise.jws',
      /another ledger/,
    ],
    ['promises more than a promise', { promise: (p) => ({ ...p, note: '' }) }, 'promise.jws', /no promise/],
    [
      'has a manifest of another version',
      { manifest: (m) => ({ ...m, seq: 2 }) },
      'manifests/technical.jws',
      /not what was committed to/,
    ],
    [
      'has a manifest for another tender',
      { manifest: (m) => ({ ...m, tid: '00'.repeat(32) }) },
      'manifests/technical.jws',
      /another tender/,
    ],
    [
      'has a manifest with another certificate',
      { manifest: (m) => ({ ...m, bidderCertSha256: '00'.repeat(32) }) },
      'manifests/technical.jws',
      /./,
    ],
    [
      'begins after it ends',
      { event: (e) => ({ ...e, at: '2026-03-01T08:00:05.251Z' }) },
      'entry.reveal.json',
      /begins after/,
    ],
    [
      'is of another tender',
      { event: (e) => ({ ...e, tender: '01920f4e-8d00-7000-8000-000000000002' }) },
      'descriptor.json',
      /another tender/,
    ],
    [
      'has the entry of another act',
      { entry: utf8('{"sealed":"' + '0'.repeat(64) + '","v":1}') },
      'entry',
      /another commitment/,
    ],
    [
      'carries data that nothing authenticates',
      { extra: utf8('trust me') },
      'entry.tlog-proof',
      /authenticates/,
    ],
  ];
  it.each(cases)('fails when it %s', async (_name, deviations, member, reason) => {
    const fault = await faultOf(writeReceiptFile(await buildReceipt(deviations)));
    expect(fault).toMatchObject({ member, reason: expect.stringMatching(reason) });
  });

  it('fails when it leaves out an envelope, or says another body or kind than was signed', async () => {
    type Data = { manifests: { envelopeId: string; age: object }[] };
    const change = (edit: (data: Data) => object): Deviations => ({
      event: (e) => ({ ...e, data: { ...(e['data'] as object), ...edit(e['data'] as unknown as Data) } }),
    });
    const otherBody = await buildReceipt(
      change(({ manifests }) => ({
        manifests: manifests.map((each) => ({ ...each, age: { sha256: '00'.repeat(32), size: 1 } })),
      })),
    );
    expect(await faultOf(writeReceiptFile(otherBody))).toMatchObject({
      member: 'manifests/technical.jws',
      reason: expect.stringContaining('another body'),
    });
    const otherSeq = await buildReceipt(change(() => ({ seq: 2 })));
    expect((await faultOf(writeReceiptFile(otherSeq))).reason).toContain('another version');
    const whole = await buildReceipt(change(({ manifests }) => ({ manifests: manifests.slice(0, 1) })));
    const one = { ...whole, manifests: whole.manifests.slice(0, 1) };
    expect((await faultOf(writeReceiptFile(one))).member).toBe('promise.jws');
  });
});
