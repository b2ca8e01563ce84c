import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTrusteeKey } from '#sealing';
import { readKeyFile, writeKeyFile } from './key-file.js';
import { readTrusteeKey, writeTrusteeKey } from './trustee-key-file.js';

const TENDER = '0198a000-0000-7000-8000-000000000001';
const OTHER = '0198a000-0000-7000-8000-000000000002';

describe('a key file', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sunseal-keys-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('gives the secret back for its passphrase and for no other', async () => {
    const file = join(folder, 'one.age');
    await writeKeyFile(file, 'the secret', 'correct horse');
    expect(await readKeyFile(file, 'correct horse')).toBe('the secret');
    await expect(readKeyFile(file, 'Correct horse')).rejects.toThrow('does not open with this passphrase');
    expect(readFileSync(file, 'latin1')).not.toContain('the secret');
    expect(statSync(file).mode & 0o077).toBe(0);
  });

  it('is never written over, and never without a passphrase', async () => {
    const file = join(folder, 'kept.age');
    await writeKeyFile(file, 'first', 'x');
    await expect(writeKeyFile(file, 'second', 'x')).rejects.toThrow('EEXIST');
    expect(await readKeyFile(file, 'x')).toBe('first');
    await expect(writeKeyFile(join(folder, 'none.age'), 'a', '')).rejects.toThrow('empty');
  });

  it('is found altered by any changed byte', async () => {
    const file = join(folder, 'altered.age');
    await writeKeyFile(file, 'the secret', 'x');
    const bytes = readFileSync(file);
    for (const at of [0, 30, bytes.length - 20, bytes.length - 1]) {
      const altered = Buffer.from(bytes);
      altered[at]! ^= 1;
      writeFileSync(`${file}.${at}`, altered);
      await expect(readKeyFile(`${file}.${at}`, 'x')).rejects.toThrow();
    }
  });

  it('keeps a trustee’s key for one tender', async () => {
    const file = join(folder, 'trustee.age');
    const key = createTrusteeKey((length) => crypto.getRandomValues(new Uint8Array(length)));
    await writeTrusteeKey(file, TENDER, key, 'x');
    expect(await readTrusteeKey(file, TENDER, 'x')).toEqual(key);
    await expect(readTrusteeKey(file, OTHER, 'x')).rejects.toThrow(TENDER);
  });
});
