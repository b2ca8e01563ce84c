import { describe, expect, it } from '@jest/globals';
import { fromUtf8, utf8 } from '#kernel';
import { LogBuilder, openEntry } from '../test-support/log-builder.js';
import { createCosigner } from './cosignature.js';
import { encodeEntry, type Entry } from './entry.js';
import { createSigner } from './note-signer.js';
import { addSignatures, parseNote } from './signed-note.js';
import { decodeEntryBundle, decodeHashTile, encodeEntryBundle, encodeHashTile } from './tile-bytes.js';
import { parseTilePath } from './tile.js';
import { verifyLog } from './verify-log.js';

const acts = (from: number, to: number): Entry[] =>
  Array.from({ length: to - from }, (_, i) => openEntry(from + i + 1));

/** 600 entries in three batches, with the checkpoint after each. */
async function builtLog(): Promise<{ log: LogBuilder; kept: string[] }> {
  const log = new LogBuilder();
  const kept = [
    await log.append(acts(0, 100)),
    await log.append(acts(100, 256)),
    await log.append(acts(256, 600)),
  ];
  return { log, kept };
}

const verify = (log: LogBuilder, keptCheckpoints: readonly string[] = []) =>
  verifyLog({ readFile: log.readFile, verifiers: [log.signer.verifier], keptCheckpoints });

const refusalOf = async (act: Promise<unknown>): Promise<{ code: string; path: unknown; kept?: unknown }> =>
  act.then(
    () => ({ code: 'taken', path: undefined }),
    (error: { code?: string; details?: { path?: unknown; keptCheckpoint?: unknown } }) => ({
      code: error.code ?? String(error),
      path: error.details?.path,
      ...(error.details?.keptCheckpoint === undefined ? {} : { kept: error.details.keptCheckpoint }),
    }),
  );

const changeBundle = (
  log: LogBuilder,
  path: string,
  change: (entries: Uint8Array[]) => Uint8Array[],
): void => {
  const entries = decodeEntryBundle(log.files.get(path)!, parseTilePath(path).width);
  log.files.set(path, encodeEntryBundle(change(entries)));
};
const changeTile = (log: LogBuilder, path: string, change: (hashes: Uint8Array[]) => Uint8Array[]): void => {
  const hashes = decodeHashTile(log.files.get(path)!, parseTilePath(path).width);
  log.files.set(path, encodeHashTile(change(hashes)));
};
const forged = encodeEntry(openEntry(1, { type: 'forged' }));

const LIVE = [
  'tile/entries/000',
  'tile/entries/001',
  'tile/entries/002.p/88',
  'tile/0/000',
  'tile/0/001',
  'tile/0/002.p/88',
  'tile/1/000.p/2',
];

describe('verifyLog', () => {
  it('returns every entry of an untouched log, with all kept checkpoints', async () => {
    const { log, kept } = await builtLog();
    const { checkpoint, entries } = await verify(log, kept);
    expect(checkpoint.size).toBe(600);
    expect(entries.map(({ entry }) => entry)).toEqual(acts(0, 600));
    expect(entries.map(({ index }) => index)).toEqual(Array.from({ length: 600 }, (_, i) => i));
  });

  it('verifies an empty log', async () => {
    const log = new LogBuilder();
    await log.append([]);
    expect((await verify(log)).entries).toEqual([]);
  });

  it('needs no partial tile of an earlier size', async () => {
    const { log } = await builtLog();
    for (const path of log.files.keys())
      if (path !== 'checkpoint' && !LIVE.includes(path)) log.files.delete(path);
    expect((await verify(log)).entries).toHaveLength(600);
  });

  it.each(LIVE)('names %s when a byte of it was flipped, wherever it is', async (path) => {
    const { log } = await builtLog();
    const bytes = log.files.get(path)!;
    for (const at of [0, 1, 2, 40, bytes.length >> 1, bytes.length - 1]) {
      log.files.set(
        path,
        bytes.map((byte, i) => (i === at ? byte ^ 1 : byte)),
      );
      const refusal = await refusalOf(verify(log));
      expect(refusal.path).toBe(path);
      expect(refusal.code).toMatch(/^tile\.(altered|malformed)$/);
    }
  });

  it.each([...LIVE, 'checkpoint'])('names %s when it was dropped', async (path) => {
    const { log } = await builtLog();
    log.files.delete(path);
    expect(await refusalOf(verify(log))).toEqual({ code: 'log.truncated', path });
  });

  it.each(LIVE)('names %s when it was cut or extended', async (path) => {
    const { log } = await builtLog();
    const bytes = log.files.get(path)!;
    for (const other of [bytes.slice(0, -1), Uint8Array.of(...bytes, 0), new Uint8Array(0)]) {
      log.files.set(path, other);
      expect(await refusalOf(verify(log))).toEqual({ code: 'tile.malformed', path });
    }
  });

  it.each<[string, string, (entries: Uint8Array[]) => Uint8Array[]]>([
    ['an entry replaced', 'tile.altered', (entries) => entries.with(5, forged)],
    ['two entries exchanged', 'tile.altered', (entries) => entries.with(5, entries[6]!).with(6, entries[5]!)],
    ['an entry repeated over the next', 'tile.altered', (entries) => entries.with(6, entries[5]!)],
    ['an entry dropped', 'tile.malformed', (entries) => entries.toSpliced(5, 1)],
    [
      'an entry dropped and one added at the end',
      'tile.altered',
      (entries) => [...entries.toSpliced(5, 1), forged],
    ],
  ])('names the bundle with %s', async (_, code, change) => {
    for (const path of ['tile/entries/000', 'tile/entries/001', 'tile/entries/002.p/88']) {
      const { log } = await builtLog();
      changeBundle(log, path, change);
      expect(await refusalOf(verify(log))).toEqual({ code, path });
    }
  });

  it('names the bundle into which an entry was inserted', async () => {
    const { log } = await builtLog();
    changeBundle(log, 'tile/entries/002.p/88', (entries) => entries.toSpliced(5, 0, forged));
    expect(await refusalOf(verify(log))).toEqual({ code: 'tile.malformed', path: 'tile/entries/002.p/88' });
  });

  it('names a hash tile that was replaced by another of the log', async () => {
    const { log } = await builtLog();
    log.files.set('tile/0/001', log.files.get('tile/0/000')!);
    expect(await refusalOf(verify(log))).toEqual({ code: 'tile.altered', path: 'tile/0/001' });
    const other = await builtLog();
    changeTile(other.log, 'tile/1/000.p/2', (hashes) => hashes.toReversed());
    expect(await refusalOf(verify(other.log))).toEqual({ code: 'tile.altered', path: 'tile/1/000.p/2' });
  });

  it('names the bundle when bundle and leaf tile were replaced together', async () => {
    const { log } = await builtLog();
    const twin = new LogBuilder();
    await twin.append(acts(0, 600).with(300, openEntry(301, { type: 'forged' })));
    for (const path of ['tile/entries/001', 'tile/0/001']) log.files.set(path, twin.files.get(path)!);
    expect(await refusalOf(verify(log))).toEqual({ code: 'tile.altered', path: 'tile/entries/001' });
  });

  it('names the checkpoint when all files were replaced together and it was not', async () => {
    const { log } = await builtLog();
    const twin = new LogBuilder();
    await twin.append(acts(0, 600).with(300, openEntry(301, { type: 'forged' })));
    for (const [path, bytes] of twin.files) if (path !== 'checkpoint') log.files.set(path, bytes);
    expect(await refusalOf(verify(log))).toEqual({ code: 'checkpoint.root-mismatch', path: 'checkpoint' });
  });

  it('finds history rewritten and signed anew, by a checkpoint that was kept', async () => {
    const { kept } = await builtLog();
    const rewritten = new LogBuilder();
    await rewritten.append(acts(0, 600).with(150, openEntry(151, { type: 'forged' })));
    expect(await refusalOf(verify(rewritten))).toMatchObject({ code: 'taken' });
    expect(await refusalOf(verify(rewritten, kept))).toMatchObject({
      code: 'checkpoint.root-mismatch',
      kept: 1,
    });
  });

  it('finds a log that was cut and signed anew, by a checkpoint that was kept', async () => {
    const { kept } = await builtLog();
    const cut = new LogBuilder();
    await cut.append(acts(0, 599));
    expect(await refusalOf(verify(cut, kept))).toMatchObject({ code: 'log.truncated', kept: 2 });
  });

  it('refuses a kept checkpoint that the log did not sign', async () => {
    const { log, kept } = await builtLog();
    const changed = kept[0]!.replace('\n100\n', '\n101\n');
    expect(await refusalOf(verify(log, [changed]))).toMatchObject({
      code: 'checkpoint.signature-invalid',
      kept: 0,
    });
  });

  it('refuses a checkpoint of another key, of an earlier size with later files kept, or that is no text', async () => {
    const { log, kept } = await builtLog();
    const stranger = createSigner(log.signer.name, new Uint8Array(32).fill(8));
    const verifiers = [stranger.verifier];
    expect(await refusalOf(verifyLog({ readFile: log.readFile, verifiers }))).toEqual({
      code: 'checkpoint.signature-invalid',
      path: 'checkpoint',
    });
    log.files.set('checkpoint', utf8(kept[0]!));
    expect(await refusalOf(verify(log, kept))).toMatchObject({ code: 'log.truncated', kept: 1 });
    log.files.set('checkpoint', Uint8Array.of(0xff));
    expect(await refusalOf(verify(log))).toEqual({ code: 'note.malformed', path: 'checkpoint' });
  });

  it('reports the cosignatures of known witnesses', async () => {
    const { log } = await builtLog();
    const witness = createCosigner('witness.example/w', new Uint8Array(32).fill(3));
    const note = fromUtf8(log.files.get('checkpoint')!);
    log.files.set(
      'checkpoint',
      utf8(addSignatures(note, [witness.sign(parseNote(note).text, 1_767_000_000)])),
    );
    const verifiers = [log.signer.verifier, witness.verifier];
    const { checkpoint } = await verifyLog({ readFile: log.readFile, verifiers });
    expect(checkpoint.signatures.map(({ name }) => name)).toEqual([log.signer.name, 'witness.example/w']);
  });

  it('names an entry that the log signed and that is none', async () => {
    const log = new LogBuilder();
    await log.append(acts(0, 3));
    await log.appendBytes([utf8('not an entry')]);
    await log.append(acts(4, 6));
    expect(await refusalOf(verify(log))).toEqual({ code: 'entry.malformed', path: 'tile/entries/000.p/6' });
  });
});
