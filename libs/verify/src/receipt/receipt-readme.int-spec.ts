import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { unzipSync } from 'fflate';
import { fromUtf8, toHex, utf8 } from '#kernel';
import { leafHash } from '#ledger';
import { readReceiptFile, writeReceiptFile } from '#pki';
import { OpensslTimestamps } from '../../../pki/test-support/openssl-timestamps.js';
import { buildReceipt } from '../../test-support/receipt-builder.js';

describe('the commands in the README of a receipt, in bash with coreutils and OpenSSL', () => {
  let folder: string;
  let files: Record<string, Uint8Array>;
  let bytes: Uint8Array;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'receipt-'));
    const parts = await buildReceipt();
    const openssl = new OpensslTimestamps();
    const token = openssl.token(createHash('sha256').update(parts.promise).digest());
    bytes = writeReceiptFile({ ...parts, timestamp: { token, authorityPem: openssl.pem('root') } });
    openssl.close();
    files = unzipSync(bytes);
    for (const [name, content] of Object.entries(files)) put(name, content);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function put(name: string, content: Uint8Array): void {
    mkdirSync(join(folder, dirname(name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }

  function run(): string {
    const script = /```bash\n([^]*?)```/.exec(fromUtf8(files['README.md']!))?.[1] ?? '';
    return execFileSync('bash', ['-c', `exec 2>&1; ${script} true`], { cwd: folder, encoding: 'utf8' });
  }

  it('show the digests, signatures and certificates that sunseal checks', () => {
    const shown = run();
    const { summary, reveal, entry } = readReceiptFile(bytes);
    expect(shown.match(/^(?!Verification)\S+: OK$/gm)).toHaveLength(Object.keys(files).length - 1);
    expect(shown).toContain(`${summary.tid}  -`);
    for (const { envelopeId, manifestSha256 } of summary.envelopes) {
      expect(shown).toContain(`manifests/${envelopeId}.jws ${manifestSha256}`);
    }
    expect(shown.match(/^Verified OK$/gm)).toHaveLength(3);
    expect(shown.match(/^OK$/gm)).toHaveLength(3);
    expect(shown).toContain('O=南方建设有限公司');
    expect(shown).toContain('OU=platform');
    expect(shown).toContain(`${reveal.sealed}  -`);
    expect(shown).toContain('Time stamp:');
    expect(shown).toContain('Verification: OK');
    expect(shown).toContain(`${toHex(leafHash(entry))}  -`);
  });

  it('show a signature that does not match', () => {
    const changed = fromUtf8(files['promise.jws']!).replace(/.{4}$/, (end) =>
      end === 'AAAA' ? 'AAAB' : 'AAAA',
    );
    put('promise.jws', utf8(changed));
    try {
      const shown = run();
      expect(shown).toContain('promise.jws: FAILED');
      expect(shown.match(/^Verified OK$/gm)).toHaveLength(2);
    } finally {
      put('promise.jws', files['promise.jws']!);
    }
  });
});
