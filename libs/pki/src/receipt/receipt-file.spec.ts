import { beforeAll, describe, expect, it } from '@jest/globals';
import { unzipSync, zipSync } from 'fflate';
import { concatBytes, jcsBytes, utf8 } from '#kernel';
import { readReceiptFile } from './read-receipt-file.js';
import { buildReceiptParts } from './receipt-file-fixture.js';
import { receiptFileName } from './receipt-summary.js';
import { sumsOf } from './receipt-sums.js';
import { packStored } from './stored-zip.js';
import { type ReceiptParts, writeReceiptFile } from './write-receipt-file.js';

const MALFORMED = 'receipt.malformed';

function refusal(bytes: Uint8Array): { code: string; member: unknown } | string {
  try {
    readReceiptFile(bytes);
  } catch (error) {
    const { code, details } = error as { code: string; details?: { member: unknown } };
    return code === undefined ? String(error) : { code, member: details?.member };
  }
  return 'accepted';
}

describe('the file of a receipt', () => {
  let parts: ReceiptParts;
  let bytes: Uint8Array;
  let files: Record<string, Uint8Array>;
  beforeAll(async () => {
    parts = await buildReceiptParts();
    bytes = writeReceiptFile(parts);
    files = unzipSync(bytes);
  });

  const repacked = (changes: Record<string, Uint8Array | null>): Uint8Array => {
    const kept = Object.entries({ ...files, ...changes }).filter(
      (file): file is [string, Uint8Array] => file[1] !== null,
    );
    const all = new Map(kept);
    if (all.has('MANIFEST.sha256') && !('MANIFEST.sha256' in changes))
      all.set('MANIFEST.sha256', utf8(sumsOf(all)));
    return packStored(all);
  };

  it('holds these files in this order, and gives back what was put in', () => {
    expect(Object.keys(files)).toEqual([
      'MANIFEST.sha256',
      'README.md',
      'certificates/authority.pem',
      'certificates/platform.pem',
      'descriptor.json',
      'entry',
      'entry.reveal.json',
      'entry.tlog-proof',
      'ledger.vkey',
      'manifests/price.jws',
      'manifests/technical.jws',
      'promise.jws',
      'receipt.json',
    ]);
    const read = readReceiptFile(bytes);
    const { descriptor, promise, entry, reveal, proof, authorityPem, platformPem } = parts;
    expect(read).toMatchObject({ descriptor, promise, entry, reveal, proof, authorityPem, platformPem });
    expect(read.ledgerKey).toBe(descriptor.ledgerKey);
    expect(read.manifests.map(({ jws }) => jws)).toEqual(parts.manifests);
    expect(read.timestamp).toBeNull();
    expect(read.summary).toMatchObject({ kind: 'seal', seq: 3, envelopes: [{}, { body: { size: 1024 } }] });
    expect(receiptFileName(read.summary)).toBe('receipt-01920f4e-8d00-7000-8000-000000000001-3.zip');
  });

  it('is the same to the byte whatever the order of the manifests and the moment', () => {
    expect(writeReceiptFile({ ...parts, manifests: [...parts.manifests].reverse() })).toEqual(bytes);
    // Noon of 1 January 1980 in the fields of MS-DOS, which know no zone.
    expect([...bytes.subarray(10, 14)]).toEqual([0x00, 0x60, 0x21, 0x00]);
  });

  it('keeps a time stamp together with the certificate of its authority', () => {
    const timestamp = { token: Uint8Array.of(0x30, 0), authorityPem: parts.authorityPem };
    const stamped = writeReceiptFile({ ...parts, timestamp });
    expect(readReceiptFile(stamped).timestamp).toEqual(timestamp);
    expect(refusal(repacked({ 'timestamp.tst': timestamp.token }))).toEqual({
      code: MALFORMED,
      member: 'timestamp.tst',
    });
  });

  it('is not written where a manifest is missing or is another', () => {
    const [first] = parts.manifests as [string];
    for (const manifests of [[first], [first, first], [first, 'e30.e30.AA'], []])
      expect(() => writeReceiptFile({ ...parts, manifests })).toThrow(/manifest/);
  });

  it('is refused where a file is missing, or one too many is there', () => {
    for (const name of Object.keys(files))
      expect(refusal(repacked({ [name]: null }))).toEqual({ code: MALFORMED, member: name });
    const extra = 'manifests/other.jws';
    expect(refusal(repacked({ [extra]: utf8('x') }))).toEqual({ code: MALFORMED, member: extra });
  });

  it.each([
    'x',
    'readme.md',
    '/etc/passwd',
    '../README.md',
    'certificates/../entry',
    'manifests/../../x.jws',
    'manifests/a/b.jws',
    'manifests/',
    'C:\\x',
    'manifests/技.jws',
  ])('is refused where it holds a file named %s', (name) => {
    const named = zipSync(Object.fromEntries([...Object.entries(files), [name, utf8('x')]]), {
      level: 0,
      mtime: new Date(1980, 0, 1, 12),
    });
    expect(refusal(named)).toEqual({ code: MALFORMED, member: null });
  });

  it('is refused where a file is compressed, small as it is: nothing grows when it is unpacked', () => {
    const bomb = zipSync({ ...files, entry: new Uint8Array(16 * 1024 * 1024) }, { level: 1 });
    expect(bomb.length).toBeLessThan(1024 * 1024);
    expect(refusal(bomb)).toEqual({ code: MALFORMED, member: null });
    expect(refusal(zipSync(files, { level: 6, mtime: new Date(1980, 0, 1, 12) }))).toMatchObject({
      code: MALFORMED,
    });
  });

  it('is refused above its size and its number of files', () => {
    expect(refusal(new Uint8Array(1024 * 1024 + 1))).toEqual({ code: 'receipt.too-large', member: null });
    const many = Array.from({ length: 40 }, (_, at) => [`manifests/m${at}.jws`, utf8('x')]);
    expect(refusal(repacked(Object.fromEntries(many)))).toEqual({ code: MALFORMED, member: null });
  });

  it('is refused with a name twice, another time, another order, a comment, or bytes around it', () => {
    const others = Object.entries(files);
    const twice = packStored(new Map([...others, ['manifests/entry.jws', utf8('x')]]));
    const text = Buffer.from(twice)
      .toString('latin1')
      .replaceAll('manifests/entry.jws', 'manifests/price.jws');
    const options = { level: 0, mtime: new Date(1980, 0, 1, 12) } as const;
    for (const bad of [
      Buffer.from(text, 'latin1'),
      zipSync(files, { ...options, mtime: new Date(2026, 0, 1) }),
      zipSync(Object.fromEntries([...others].reverse()), options),
      zipSync(files, { ...options, comment: 'x' }),
      zipSync(files, { ...options, extra: { 1: utf8('x') } }),
      concatBytes(bytes, utf8('x')),
      concatBytes(utf8('x'), bytes),
      bytes.slice(0, -1),
      bytes.slice(1),
      new Uint8Array(),
      new Uint8Array(22),
      utf8('PK\u0005\u0006'),
    ])
      expect(refusal(bad)).toEqual({ code: MALFORMED, member: null });
  });

  it('is refused where a file is not in its one spelling, though its hash is listed', () => {
    const pem = new TextDecoder().decode(files['certificates/authority.pem']);
    const reveal = parts.reveal;
    const cases: [string, Uint8Array][] = [
      ['descriptor.json', utf8('{ }')],
      ['descriptor.json', utf8('null')],
      ['descriptor.json', Uint8Array.of(0xff)],
      ['entry.reveal.json', utf8(JSON.stringify(reveal))],
      ['entry.reveal.json', jcsBytes({ ...reveal, event: {} })],
      ['entry.reveal.json', jcsBytes([])],
      ['receipt.json', utf8('{}\n')],
      ['certificates/authority.pem', utf8(`${pem}\n`)],
      ['certificates/authority.pem', utf8(pem + pem)],
      ['certificates/platform.pem', utf8('none')],
      ['ledger.vkey', utf8('key')],
      ['MANIFEST.sha256', utf8(`${sumsOf(new Map(Object.entries(files)))}\n`)],
    ];
    for (const [name, content] of cases)
      expect(refusal(repacked({ [name]: content }))).toEqual({ code: MALFORMED, member: name });
  });
});
