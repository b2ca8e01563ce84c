import { createHash, randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { addMs, instantFromMs, isDomainError, utf8 } from '#kernel';
import type { ObjectStore } from './object-store.port.js';
import { type Attempt, finding, type ProbeText } from './probe-finding.js';
import { faultsOf, type StoreReport } from './store-report.js';

const FOLDER_PROBES = {
  bytesComeBack: {
    probe: 'bytes-come-back',
    meaning: 'what is stored can be read again, byte for byte',
    remedy: 'look at the disk: space, rights, its own log',
  },
  otherBytesRefused: {
    probe: 'other-bytes-refused',
    meaning: 'a name never shows other bytes than those that were first put',
    remedy: 'put the folder on a file system with hard links (ext4, xfs, zfs)',
  },
  listing: {
    probe: 'listing-complete',
    meaning: 'what is stored is listed, in order',
    remedy: 'look at the disk: space, rights, its own log',
  },
  retention: {
    probe: 'retained-not-removed',
    meaning: 'this program removes nothing before its time; others are not held back',
    remedy: 'let nobody but this program into the folder',
  },
  closed: {
    probe: 'folder-closed-to-others',
    meaning: 'other users of the machine can change nothing',
    remedy: 'chmod go-w on the folder',
  },
  writeOnce: {
    probe: 'write-once',
    meaning: 'nobody could delete or change what is retained',
    remedy: 'use an S3 store with versioning and Object Lock where that is needed',
  },
} as const satisfies Record<string, ProbeText>;

/** Tries a folder of files. `discard` takes an object away whatever its retention. Never throws. */
export async function probeFiles(
  store: ObjectStore,
  root: string,
  discard: (key: string) => Promise<void>,
): Promise<StoreReport> {
  const prefix = `doctor/${randomUUID()}`;
  const keys = ['a', 'a.b', 'b/c', 'd'].map((name) => `${prefix}/${name}`);
  const [key] = keys as [string];
  const { bytesComeBack, otherBytesRefused, listing, retention, closed, writeOnce } = FOLDER_PROBES;
  const findings = [
    await finding(bytesComeBack, true, () => comeBack(store, key)),
    await finding(otherBytesRefused, true, () =>
      refused('object.exists', () => store.put(key, utf8('other'))),
    ),
    await finding(listing, true, () => listed(store, prefix, keys)),
    await finding(retention, true, async () => {
      await store.extendRetention(key, addMs(instantFromMs(Date.now()), 60_000));
      return refused('object.retained', () => store.remove(key));
    }),
    await finding(closed, false, async () => {
      const { mode } = await stat(root);
      return [(mode & 0o022) === 0 ? 'holds' : 'fails', `mode ${(mode & 0o777).toString(8)}`];
    }),
    await finding(writeOnce, false, async () => [
      'fails',
      'tamper-evident only: whoever may write the folder can delete and change, and the hashes in the ledger show it',
    ]),
  ];
  for (const one of keys) await discard(one).catch(() => undefined);
  const isSound = faultsOf(findings).length === 0;
  const summary = isSound
    ? 'The files are tamper-evident only, not write-once: changes are found by their hashes, and nothing stops them.'
    : 'The folder does not keep what it is given; do not use it.';
  return { kind: 'files', store: root, isWriteOnce: false, isSound, summary, findings };
}

async function comeBack(store: ObjectStore, key: string): ReturnType<Attempt> {
  const bytes = utf8(`doctor ${randomUUID()}`);
  const expect = { sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length };
  await store.put(key, bytes, { expect });
  const read = await store.read(key, bytes.length);
  return [Buffer.from(read).equals(bytes) ? 'holds' : 'fails', `${read.length} bytes read`];
}

async function listed(store: ObjectStore, prefix: string, keys: readonly string[]): ReturnType<Attempt> {
  for (const key of keys.slice(1)) await store.put(key, utf8('listed'));
  const found: string[] = [];
  for await (const { key } of store.list(`${prefix}/`)) found.push(key);
  const isWhole = found.join(' ') === [...keys].sort().join(' ');
  return [isWhole ? 'holds' : 'fails', `${found.length} of ${keys.length} names`];
}

async function refused(code: string, attempt: () => Promise<unknown>): ReturnType<Attempt> {
  try {
    await attempt();
    return ['fails', 'it was taken'];
  } catch (error) {
    if (isDomainError(error) && error.code === code) return ['holds', code];
    throw error;
  }
}
