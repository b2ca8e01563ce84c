import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type ReceiptParts, writeReceiptFile } from '#pki';
import { buildPeople, buildReceipt } from '../../../../libs/verify/test-support/receipt-builder.js';
import { receiptCommand } from './receipt.js';

describe('sunseal receipt verify', () => {
  let folder: string;
  let parts: ReceiptParts;
  const put = (name: string, content: Uint8Array | string): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'receipt-'));
    parts = await buildReceipt();
    put('receipt.zip', writeReceiptFile(parts));
    put('authority.pem', parts.authorityPem);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  async function run(...args: string[]): Promise<{ code: number; text: string }> {
    const lines: string[] = [];
    const writing = jest
      .spyOn(process.stdout, 'write')
      .mockImplementation((text) => lines.push(String(text)) > 0);
    try {
      return { code: await receiptCommand.run(args), text: lines.join('') };
    } finally {
      writing.mockRestore();
    }
  }
  const receipt = (): string => join(folder, 'receipt.zip');

  it('says who, what and when, and that it knew no key but those in the receipt', async () => {
    const { code, text } = await run('verify', receipt());
    expect(code).toBe(0);
    expect(text).toContain('who   南方建设有限公司 (91350100M000100Y43)');
    expect(text).toContain('what  sealed bid, version 1, for tender 01920f4e-8d00-7000-8000-000000000001');
    expect(text).toContain('when  received at 2026-03-01T08:00:05.250Z by 青海公共资源交易平台');
    expect(text).toContain('checked only against keys that it brings itself');
    expect(text).toContain('--authority FILE');
    expect(text).toContain('--ledger-key KEY');
  });

  it('rests on the reader’s own keys where they are given', async () => {
    const keys = ['--authority', join(folder, 'authority.pem'), '--ledger-key', parts.descriptor.ledgerKey];
    const { code, text } = await run('verify', receipt(), ...keys);
    expect(code).toBe(0);
    expect(text).toContain('verified, against the keys that you gave');
    expect(text).not.toContain('brings itself');
    const half = await run('verify', receipt(), ...keys.slice(0, 2), '--json');
    expect(JSON.parse(half.text)).toMatchObject({
      ok: true,
      anchors: { authority: 'given', ledgerKey: 'own' },
      ledger: { index: 4, size: 7 },
    });
  });

  it('names the first fault and ends with 1, in words or as JSON', async () => {
    const other = put('other.pem', (await buildPeople()).authorityPem);
    const { code, text } = await run('verify', receipt(), '--authority', other);
    expect(code).toBe(1);
    expect(text).toBe('✗ certificates/authority.pem: It is another authority than the one that you gave.\n');
    const broken = put('broken.zip', 'x');
    const asJson = await run('verify', broken, '--json');
    expect(asJson.code).toBe(1);
    expect(JSON.parse(asJson.text)).toMatchObject({ ok: false, member: null, code: 'receipt.malformed' });
    const large = put('large.zip', new Uint8Array(3 * 1024 * 1024));
    expect(await run('verify', large)).toMatchObject({ code: 1, text: expect.stringContaining('larger') });
  });

  it('ends with 2 for wrong usage', async () => {
    for (const args of [[], ['check'], ['verify'], ['verify', 'a', 'b']])
      expect(await run(...args)).toMatchObject({ code: 2, text: expect.stringContaining('Usage:') });
  });
});
