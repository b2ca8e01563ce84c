import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { utf8 } from '#kernel';
import { FileObjectStore } from './file-object-store.js';
import { openProcessFolder } from './process-folder.js';

const base = mkdtempSync(join(tmpdir(), 'sunseal-files-trouble-'));
const unavailable = { code: 'storage.unavailable' };
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);

/** A disk of 2 MiB, where this user may mount one. */
function smallDisk(): string | undefined {
  const folder = join(base, 'disk');
  mkdirSync(folder);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'none', folder], { stdio: 'ignore' });
    return folder;
  } catch {
    return undefined;
  }
}

const isLinux = process.platform === 'linux';
const disk = isLinux ? smallDisk() : undefined;
/** What needs /proc. */
const onLinux = isLinux ? it : it.skip;

afterAll(() => {
  if (disk !== undefined) execFileSync('umount', [disk]);
  rmSync(base, { recursive: true, force: true });
});

describe('a file store on a disk', () => {
  (disk === undefined ? it.skip : it)(
    'that is full keeps nothing, and goes on when there is space',
    async () => {
      const store = new FileObjectStore({ root: disk!, mutablePrefixes: ['mutable/'] });
      await store.put('things/first', randomBytes(1_000_000));
      const large = randomBytes(1_500_000);
      await expect(store.put('things/large', large)).rejects.toMatchObject({
        ...unavailable,
        details: { cause: 'ENOSPC' },
      });
      await expect(store.overwrite('mutable/large', large)).rejects.toMatchObject(unavailable);
      expect(await store.head('things/large')).toBeUndefined();
      expect(filesIn(disk!)).toEqual(['first']);
      await store.remove('things/first');
      await expect(store.put('things/large', large)).resolves.toMatchObject({ size: large.length });
      expect(await store.read('things/large')).toEqual(new Uint8Array(large));
    },
  );

  onLinux('that fails to read is unavailable, not empty', async () => {
    const root = join(base, 'worn');
    const store = new FileObjectStore({ root, mutablePrefixes: [] });
    mkdirSync(join(root, 'things'));
    // The first page of a process's memory is a file that exists and answers every read with EIO.
    symlinkSync('/proc/self/mem', join(root, 'things', 'worn'));
    await expect(store.read('things/worn')).rejects.toMatchObject({
      ...unavailable,
      details: { cause: 'EIO' },
    });
    await expect(store.put('things/worn', utf8('bytes'))).rejects.toMatchObject(unavailable);
  });

  it('that lets files grow only so far keeps nothing of a longer one', () => {
    // 100 blocks of 512 or 1,024 bytes; the limit of a process cannot be raised again, so it is another's.
    const root = join(base, 'limited');
    const script = `
      import { FileObjectStore } from '#storage';
      const store = new FileObjectStore({ root: ${JSON.stringify(root)}, mutablePrefixes: [] });
      const outcome = await store.put('things/long', new Uint8Array(500_000)).catch((error) => error.code);
      await store.put('things/short', new Uint8Array(10_000));
      process.stdout.write(outcome);`;
    const command = `ulimit -f 100; exec "$0" --input-type=module -e "$1"`;
    expect(execFileSync('/bin/sh', ['-c', command, process.execPath, script], { encoding: 'utf8' })).toBe(
      'storage.unavailable',
    );
    expect(filesIn(root)).toEqual(['short']);
  });

  it('whose file is cut short while it is read gives no early end', async () => {
    const root = join(base, 'cut');
    const store = new FileObjectStore({ root, mutablePrefixes: [] });
    await store.put('things/one', utf8('twelve bytes'));
    const { body } = await store.get('things/one');
    rmSync(join(root, 'things/one'));
    writeFileSync(join(root, 'things/one'), 'twelve');
    const read = async (): Promise<void> => {
      for await (const _ of body) continue;
    };
    await expect(read()).rejects.toMatchObject(unavailable);
  });

  it('takes no more bytes at once than it may', async () => {
    const root = join(base, 'bounded');
    const store = new FileObjectStore({ root, mutablePrefixes: [], temporaryBytesMax: 1000 });
    async function* slow(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(600);
      await expect(store.put('things/second', new Uint8Array(600))).rejects.toMatchObject(unavailable);
      yield new Uint8Array(400);
    }
    await expect(store.put('things/first', slow())).resolves.toMatchObject({ size: 1000 });
    await expect(store.put('things/second', new Uint8Array(600))).resolves.toMatchObject({ size: 600 });
  });
});

describe('the folder of a process', () => {
  const folder = join(base, 'processes');
  const living = (): string[] => readdirSync(folder).sort();

  it('goes when its process was killed, and stays while it lives', async () => {
    const script = `
      import { FileObjectStore } from '#storage';
      const store = new FileObjectStore({ root: ${JSON.stringify(join(base, 'killed'))}, mutablePrefixes: [] });
      async function* body() {
        yield new Uint8Array(1000);
        process.stdout.write('writing');
        await new Promise(() => setInterval(() => undefined, 1000));
      }
      await store.put('things/half', body());`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
    await new Promise((began) => child.stdout.once('data', began));
    const temporary = join(base, 'killed', '.tmp');
    openProcessFolder(temporary);
    expect(filesIn(temporary)).toHaveLength(1);
    const ended = new Promise((exited) => child.once('exit', exited));
    child.kill('SIGKILL');
    await ended;
    openProcessFolder(temporary);
    expect(filesIn(temporary)).toEqual([]);
  });

  onLinux('is not believed when its number was given to another process', () => {
    const own = openProcessFolder(folder).slice(folder.length + 1);
    const [pid, start, boot, space, random] = own.split('-') as [string, string, string, string, string];
    const earlier = [pid, String(parseInt(start, 10) - 1), boot, space, random].join('-');
    const otherBoot = [pid, start, `${boot}0`, space, random].join('-');
    for (const name of [earlier, otherBoot]) mkdirSync(join(folder, name));
    writeFileSync(join(folder, 'left by an older release'), 'half');
    openProcessFolder(folder);
    const left = living();
    expect(left).toContain(own);
    expect(left.filter((name) => [earlier, otherBoot, 'left by an older release'].includes(name))).toEqual(
      [],
    );
  });

  onLinux('of a process in another container stays while something is written there', () => {
    const own = openProcessFolder(folder).slice(folder.length + 1);
    const [pid, start, boot, space] = own.split('-') as [string, string, string, string];
    const elsewhere = [pid, start, boot, `${space}1`].join('-');
    const [writing, silent] = [`${elsewhere}-aa`, `${elsewhere}-bb`];
    for (const name of [writing, silent]) mkdirSync(join(folder, name));
    const longAgo = new Date(Date.now() - 2 * 60 * 60_000);
    utimesSync(join(folder, silent), longAgo, longAgo);
    openProcessFolder(folder);
    expect(living()).toContain(writing);
    expect(living()).not.toContain(silent);
  });
});
