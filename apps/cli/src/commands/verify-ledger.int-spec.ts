import { cpSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { utf8 } from '#kernel';
import { createSigner, encodeEntry } from '#ledger';
import { createAuthority } from '#pki';
import { openEntry } from '../../../../libs/ledger/test-support/log-builder.js';
import { actsAt, isoAt, T0, TamperedLedger } from '../../../../libs/verify/test-support/tampered-ledger.js';
import { verifyCommand } from './verify.js';

const FILES = [
  'tile/entries/000',
  'tile/entries/001',
  'tile/entries/002.p/88',
  'tile/0/000',
  'tile/0/001',
  'tile/0/002.p/88',
  'tile/1/000.p/2',
];
const [FIRST, SECOND, LAST] = FILES as [string, string, string];
const other = encodeEntry(openEntry(1, { type: 'forged' }));

/** What is done, the file and the code that must be named, and how it is done. */
type Row = readonly [string, string, RegExp, (ledger: TamperedLedger) => void | Promise<void>];
const ALTERED = /^tile\.altered$/;
const MALFORMED = /^tile\.malformed$/;
const UNSIGNED = /^checkpoint\.signature-invalid$/;
const MISMATCH = /^checkpoint\.root-mismatch$/;
const TRUNCATED = /^log\.truncated$/;
const TABLE: readonly Row[] = [
  ...FILES.flatMap((file): Row[] => [
    [`a flipped bit in ${file}`, file, /^tile\.(altered|malformed)$/, (l) => l.flip(`ledger/${file}`)],
    [`${file} dropped`, file, TRUNCATED, (l) => l.drop(`ledger/${file}`)],
  ]),
  ['an entry dropped', SECOND, MALFORMED, (l) => l.bundle(`ledger/${SECOND}`, (all) => all.toSpliced(7, 1))],
  [
    'an entry inserted',
    LAST,
    MALFORMED,
    (l) => l.bundle(`ledger/${LAST}`, (all) => all.toSpliced(7, 0, other)),
  ],
  ['an entry replaced', SECOND, ALTERED, (l) => l.bundle(`ledger/${SECOND}`, (all) => all.with(7, other))],
  [
    'two entries exchanged',
    FIRST,
    ALTERED,
    (l) => l.bundle(`ledger/${FIRST}`, (all) => all.with(7, all[8]!).with(8, all[7]!)),
  ],
  [
    'an entry back-dated in its place',
    FIRST,
    ALTERED,
    (l) => l.bundle(`ledger/${FIRST}`, (all) => all.with(7, encodeEntry(openEntry(8)))),
  ],
  [
    'a hash tile replaced by another',
    'tile/0/001',
    ALTERED,
    (l) => cpSync(l.at('ledger/tile/0/000'), l.at('ledger/tile/0/001')),
  ],
  ['a changed checkpoint', 'checkpoint', UNSIGNED, (l) => l.edit('ledger/checkpoint', '\n600\n', '\n601\n')],
  ['the checkpoint dropped', 'checkpoint', TRUNCATED, (l) => l.drop('ledger/checkpoint')],
  ['a checkpoint of another key', 'checkpoint', UNSIGNED, (l) => l.signByStranger()],
  ['an older checkpoint put back', 'seen/600.checkpoint', TRUNCATED, (l) => l.rewind()],
  ['history rewritten with the stolen key', 'seen/256.checkpoint', MISMATCH, (l) => l.rewrite(150)],
  ['the end cut off with the stolen key', 'seen/600.checkpoint', TRUNCATED, (l) => l.cut(500)],
  ['a fork shown to somebody else', 'seen/other.checkpoint', MISMATCH, (l) => l.fork()],
  [
    'a receipt of an entry that is not in it',
    'receipts/0.tlog-proof',
    /^proof\.invalid$/,
    (l) => l.write(l.at('receipts/0.entry'), other),
  ],
  [
    'a flipped bit in a receipt',
    'receipts/255.tlog-proof',
    /^proof\./,
    (l) => l.flip('receipts/255.tlog-proof', 60),
  ],
  ['a receipt of a history that is gone', 'receipts/300.tlog-proof', MISMATCH, (l) => l.receiptOfGone()],
  [
    'half of a receipt',
    'receipts/0.tlog-proof',
    /^proof\.malformed$/,
    (l) => l.drop('receipts/0.tlog-proof'),
  ],
  ['a number left out', 'checkpoint', /^ledger\.incomplete$/, (l) => l.grow(actsAt(601, 602))],
  [
    'a number used twice',
    'checkpoint',
    /^ledger\.acts-conflict$/,
    (l) => l.grow([openEntry(600, { type: 'other', at: isoAt(T0 + 700) })]),
  ],
  [
    'an entry that claims to be older than it is',
    'checkpoint',
    /^entry\.back-dated$/,
    (l) => l.grow([openEntry(601, { at: isoAt(T0 - 7_200) })]),
  ],
  [
    'an entry that is none',
    'tile/entries/002.p/89',
    /^entry\.malformed$/,
    (l) => l.grow([], [utf8('nonsense')]),
  ],
  ['too few cosignatures', 'checkpoint', /^ledger\.witness-quorum-missing$/, (l) => l.dropCosignature()],
  ['cosignatures of another checkpoint', 'checkpoint', UNSIGNED, (l) => l.lendCosignatures()],
];
describe('sunseal verify on a ledger', () => {
  let ledger: TamperedLedger;
  beforeAll(async () => {
    ledger = await TamperedLedger.make();
  });
  beforeEach(() => ledger.restore());
  afterAll(() => ledger?.close());

  async function run(...args: string[]): Promise<{ code: number; text: string }> {
    const lines: string[] = [];
    const writing = jest
      .spyOn(process.stdout, 'write')
      .mockImplementation((text) => lines.push(String(text)) > 0);
    try {
      return { code: await verifyCommand.run(args), text: lines.join('') };
    } finally {
      writing.mockRestore();
    }
  }
  async function verify(...more: string[]) {
    const key = ['--ledger-key', ledger.log.signer.verifierKey];
    const given = ['--keep', ledger.at('seen'), '--receipts', ledger.at('receipts')];
    const policy = ['--policy', ledger.at('policy'), '--json'];
    const { code, text } = await run(ledger.at('ledger'), ...key, ...given, ...policy, ...more);
    return { code, said: JSON.parse(text) as Record<string, unknown> };
  }

  it('finds nothing wrong where nothing is, and keeps the newest checkpoint', async () => {
    const { code, said } = await verify();
    expect({ code, said }).toMatchObject({
      code: 0,
      said: { ok: true, size: 600, receipts: 3, keptCheckpoints: 3, witnessedAt: T0 + 600 },
    });
    expect((await verify()).said).toMatchObject({ keptCheckpoints: 4 });
    expect((await verify()).said).toMatchObject({ keptCheckpoints: 4 });
  });

  it.each(TABLE)('finds %s, and names %s', async (_what, file, codeExpected, tamper) => {
    await tamper(ledger);
    const { code, said } = await verify();
    expect(code).toBe(1);
    expect(String(said['file']).replace(`${ledger.at('')}/`, '')).toBe(file);
    expect(said['code']).toMatch(codeExpected);
  });

  it('says whose key it believed, and refuses a ledger of another key than the one given', async () => {
    expect((await run(ledger.at('ledger'))).text).toContain('against the key that the ledger itself shows');
    const stranger = createSigner(ledger.log.signer.name, new Uint8Array(32).fill(8)).verifierKey;
    const { code, text } = await run(ledger.at('ledger'), '--ledger-key', stranger);
    expect({ code, text }).toEqual({
      code: 1,
      text: expect.stringContaining('checkpoint.signature-invalid'),
    });
  });

  it('writes what it found as a signed report, a fault too', async () => {
    const validity = { validFrom: '2026-01-01T00:00:00.000Z', validTo: '2046-01-01T00:00:00.000Z' };
    const verifier = await createAuthority({ commonName: 'Verifier', ...validity, serial: '0011' });
    ledger.write(ledger.at('key'), verifier.privateKeyPem);
    ledger.write(ledger.at('certificate'), verifier.certificatePem);
    const file = ledger.at('report.json');
    const signing = ['--report', file, '--key', ledger.at('key'), '--certificate', ledger.at('certificate')];
    for (const [isSound, code] of [
      [true, 0],
      [false, 1],
    ] as const) {
      if (!isSound) ledger.flip('ledger/tile/0/000');
      expect((await verify(...signing)).code).toBe(code);
      const { report, jws } = JSON.parse(readFileSync(file, 'utf8')) as { report: object; jws: string };
      expect(report).toMatchObject({ ok: isSound });
      const [header, payload] = jws.split('.').map((part) => Buffer.from(part, 'base64url').toString());
      expect(header).toContain('sunseal-ledger-report');
      expect(JSON.parse(payload!)).toEqual(report);
    }
    expect((await run(ledger.at('ledger'), '--report', file)).code).toBe(2);
  });

  it('reads a ledger at an address, and waits a moment for its witnesses', async () => {
    const cosigned = ledger.read('ledger/checkpoint');
    const plain = `${cosigned.split('\n').slice(0, 5).join('\n')}\n`;
    let asked = 0;
    const server: Server = createServer((request, response) => {
      const path = request.url!.replace('/base/ledger/', '');
      if (path === 'checkpoint') return void response.end(++asked < 3 ? plain : cosigned);
      try {
        response.end(readFileSync(join(ledger.at('ledger'), path)));
      } catch {
        response.writeHead(404).end();
      }
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/base/ledger`;
    const { code, text } = await run(address, '--policy', ledger.at('policy'), '--json');
    expect({ code, said: JSON.parse(text) as unknown }).toMatchObject({ code: 0, said: { size: 600 } });
    expect(asked).toBe(3);
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
});
