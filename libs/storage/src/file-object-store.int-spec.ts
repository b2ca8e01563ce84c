import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { utf8 } from '#kernel';
import { FileObjectStore } from './file-object-store.js';
import { checkStore } from './storage-doctor.js';
import { growingObjectContract } from './growing-object.contract.js';
import { objectKeepingContract } from './object-keeping.contract.js';
import { objectStoreContract } from './object-store.contract.js';

const root = mkdtempSync(join(tmpdir(), 'sunseal-files-'));
const open = (): FileObjectStore => new FileObjectStore({ root, mutablePrefixes: ['mutable/'] });

const temporary = (): string[] =>
  readdirSync(join(root, '.tmp'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);

afterAll(() => rmSync(root, { recursive: true, force: true }));

objectStoreContract('files', async () => open());
objectKeepingContract('files', async () => open());
growingObjectContract('files', async () => open());

describe('files', () => {
  it('are read-only and leave no temporary file behind', async () => {
    await open().put('things/one', utf8('one'));
    expect(statSync(join(root, 'things/one')).mode & 0o777).toBe(0o444);
    expect(temporary()).toEqual([]);
  });

  it('that are being written stay when the folder is opened a second time', async () => {
    async function* body(): AsyncGenerator<Uint8Array> {
      yield utf8('1');
      open();
      yield utf8('2');
    }
    await expect(open().put('things/slow', body())).resolves.toMatchObject({ size: 2 });
  });

  it('and folders are not taken for each other', async () => {
    const store = open();
    await store.put('folder/one', utf8('one'));
    expect(await store.head('folder')).toBeUndefined();
    for (const key of ['folder', 'folder/one/below']) {
      await expect(store.put(key, utf8('x'))).rejects.toMatchObject({ code: 'object.key-invalid' });
    }
    expect(temporary()).toEqual([]);
  });

  it('do not claim to be write-once, and say so when they are examined', async () => {
    expect(open().guarantees.worm).toBe(false);
    const report = await checkStore(open());
    expect(report).toMatchObject({ kind: 'files', store: root, isWriteOnce: false, isSound: true });
    expect(report.summary).toMatch(/tamper-evident only, not write-once/);
    const { result, isNeeded } = report.findings.find(({ probe }) => probe === 'write-once')!;
    expect({ result, isNeeded }).toEqual({ result: 'fails', isNeeded: false });
    expect((await open().list('doctor/')[Symbol.asyncIterator]().next()).done).toBe(true);
  });

  it('are not sound where nothing can be written', async () => {
    const store = new FileObjectStore({
      root: join(root, 'none'),
      mutablePrefixes: [],
      temporaryBytesMax: 0,
    });
    expect(await checkStore(store)).toMatchObject({ isSound: false, isWriteOnce: false });
  });
});
