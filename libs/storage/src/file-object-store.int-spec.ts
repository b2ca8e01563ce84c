import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { utf8 } from '#kernel';
import { FileObjectStore } from './file-object-store.js';
import { objectStoreContract } from './object-store.contract.js';

const root = mkdtempSync(join(tmpdir(), 'sunseal-files-'));
const open = (): FileObjectStore => new FileObjectStore({ root, mutablePrefixes: ['mutable/'] });

afterAll(() => rmSync(root, { recursive: true, force: true }));

objectStoreContract('files', async () => open());

describe('files', () => {
  it('are read-only and leave no temporary file behind', async () => {
    await open().put('things/one', utf8('one'));
    expect(statSync(join(root, 'things/one')).mode & 0o777).toBe(0o444);
    expect(readdirSync(join(root, '.tmp'))).toEqual([]);
  });

  it('that a kill left half-written are swept at the next start', () => {
    writeFileSync(join(root, '.tmp', 'half'), 'half');
    open();
    expect(readdirSync(join(root, '.tmp'))).toEqual([]);
  });

  it('do not claim to be write-once', () => {
    expect(open().guarantees.worm).toBe(false);
  });
});
