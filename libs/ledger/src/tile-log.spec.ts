import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { utf8 } from '#kernel';
import { LogBuilder } from '../test-support/log-builder.js';
import { Frontier } from './frontier.js';
import { leafHash, type Sha256 } from './hashing.js';
import { consistencyProof, hashAtOf, inclusionProof, merkleRoot } from './merkle-tree.js';
import { TileReader } from './tile-reader.js';
import { filesForAppend } from './tile-writer.js';
import { tilePath, tilesForAppend } from './tile.js';
import { verifyConsistency } from './verify-consistency.js';
import { verifyInclusion } from './verify-inclusion.js';

const MOST = 700;
const entries = Array.from({ length: MOST }, (_, i) => utf8(`entry ${i} ${'.'.repeat(i % 7)}`));
const leaves = entries.map((entry) => leafHash(entry));
const nodeSha256: Sha256 = (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest());

async function logOf(sizes: readonly number[]): Promise<LogBuilder> {
  const log = new LogBuilder();
  for (const size of sizes) await log.appendBytes(entries.slice(log.size, size));
  return log;
}

describe('tiles written batch by batch', () => {
  it('give the root, hashes, entries and proofs of the plain tree, whatever the batches', async () => {
    const cuts = fc.uniqueArray(
      fc.oneof(fc.integer({ min: 1, max: MOST }), fc.constantFrom(1, 255, 256, 257, 511, 512, 513)),
      { minLength: 1, maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(cuts, fc.nat(), fc.nat(), async (unsorted, a, b) => {
        const sizes = [...unsorted].sort((x, y) => x - y);
        const size = sizes.at(-1)!;
        const reader = new TileReader((await logOf(sizes)).readFile, size);
        const plain = leaves.slice(0, size);
        const root = merkleRoot(plain);
        expect(await reader.root()).toEqual(root);
        const index = a % size;
        const oldSize = b % (size + 1);
        expect(await reader.entry(index)).toEqual(entries[index]);
        expect(await reader.leafHash(index)).toEqual(leaves[index]);
        const path = await reader.inclusionProof(index);
        expect(path).toEqual(await inclusionProof(index, size, hashAtOf(plain)));
        verifyInclusion({ index, size, leafHash: leaves[index]!, proof: path, root });
        const proof = await reader.consistencyProof(oldSize);
        expect(proof).toEqual(await consistencyProof(oldSize, size, hashAtOf(plain)));
        verifyConsistency({ oldSize, oldRoot: merkleRoot(plain.slice(0, oldSize)), size, root, proof });
      }),
      { numRuns: 60 },
    );
  });

  it('write exactly the files that the shape of the tree names', async () => {
    for (const [oldSize, newSize] of [
      [0, 1],
      [0, 256],
      [255, 257],
      [256, 512],
      [300, 700],
      [5, 5],
    ] as const) {
      const log = await logOf([oldSize]);
      const written: string[] = [];
      const readTile = async (path: string) => log.files.get(path);
      const batch = { readTile, oldSize, entries: entries.slice(oldSize, newSize) };
      for await (const { path } of filesForAppend(batch)) written.push(path);
      expect(written).toEqual(tilesForAppend(oldSize, newSize).map(tilePath));
    }
  });

  it('may be written again after an interruption at any file, with the same result', async () => {
    const expected = await logOf([250, 520]);
    const batch = (log: LogBuilder) => ({
      readTile: async (path: string) => log.files.get(path),
      oldSize: 250,
      entries: entries.slice(250, 520),
    });
    const steps = tilesForAppend(250, 520).length;
    for (let stop = 0; stop <= steps; stop++) {
      const log = await logOf([250]);
      let done = 0;
      for await (const { path, bytes } of filesForAppend(batch(log))) {
        if (done++ === stop) break;
        log.files.set(path, bytes);
      }
      await log.appendBytes(batch(log).entries);
      expect(log.files).toEqual(expected.files);
    }
  });

  it('read only the partial tiles at the right edge, never the whole log', async () => {
    const log = await logOf([600]);
    const asked: string[] = [];
    const readTile = async (path: string) => {
      asked.push(path);
      return log.files.get(path);
    };
    for await (const _ of filesForAppend({ readTile, oldSize: 600, entries: [utf8('one more')] })) void _;
    expect(asked).toEqual(['tile/entries/002.p/88', 'tile/0/002.p/88']);
  });

  it('use the full tile where the partial one was cleared away', async () => {
    const log = await logOf([250, 700]);
    for (const path of ['tile/entries/000.p/250', 'tile/0/000.p/250']) log.files.delete(path);
    expect(await new TileReader(log.readFile, 250).root()).toEqual(merkleRoot(leaves.slice(0, 250)));
    const again: string[] = [];
    const batch = {
      readTile: async (path: string) => log.files.get(path),
      oldSize: 250,
      entries: entries.slice(250, 700),
    };
    for await (const { path, bytes } of filesForAppend(batch)) {
      expect(bytes).toEqual(log.files.get(path));
      again.push(path);
    }
    expect(again).toContain('tile/entries/000');
  });

  it('refuse to go on, or to be read, where a needed file is gone or has another length', async () => {
    const gone = await logOf([300]);
    gone.files.delete('tile/0/001.p/44');
    await expect(gone.appendBytes([utf8('x')])).rejects.toMatchObject({
      code: 'log.truncated',
      details: { path: 'tile/0/001.p/44' },
    });
    await expect(new TileReader(gone.readFile, 300).root()).rejects.toMatchObject({ code: 'log.truncated' });
    const short = await logOf([300]);
    short.files.set('tile/0/001.p/44', new Uint8Array(32));
    await expect(short.appendBytes([utf8('x')])).rejects.toMatchObject({ code: 'tile.malformed' });
    await expect(new TileReader(short.readFile, 300).root()).rejects.toMatchObject({
      code: 'tile.malformed',
      details: { path: 'tile/0/001.p/44' },
    });
  });

  it('read the same file once and ask again after a failure', async () => {
    const log = await logOf([10]);
    let reads = 0;
    let fails = true;
    const reader = new TileReader(async (path) => {
      reads += 1;
      if (fails) throw new Error('disk');
      return log.readFile(path);
    }, 10);
    await expect(reader.entry(0)).rejects.toMatchObject({ code: 'log.truncated' });
    fails = false;
    reads = 0;
    for (let i = 0; i < 10; i++) expect(await reader.entry(i)).toEqual(entries[i]);
    expect(reads).toBe(1);
  });

  it('give all entries only if they lead to the root', async () => {
    const log = await logOf([300]);
    const reader = new TileReader(log.readFile, 300);
    expect(await reader.verifiedEntries(merkleRoot(leaves.slice(0, 300)))).toEqual(entries.slice(0, 300));
    await expect(reader.verifiedEntries(merkleRoot(leaves.slice(0, 299)))).rejects.toMatchObject({
      code: 'checkpoint.root-mismatch',
    });
  });

  it('reach level 2 at 65,537 leaves, with a hash that the program passes', async () => {
    const size = 65_537;
    const many = Array.from({ length: size }, (_, i) => utf8(String(i)));
    const files = new Map<string, Uint8Array>();
    const readTile = async (path: string) => files.get(path);
    for (const [from, to] of [
      [0, 65_000],
      [65_000, size],
    ] as const) {
      const batch = { readTile, oldSize: from, entries: many.slice(from, to), sha256: nodeSha256 };
      for await (const { path, bytes } of filesForAppend(batch)) files.set(path, bytes);
    }
    expect([...files.keys()].filter((path) => path.startsWith('tile/2/'))).toEqual(['tile/2/000.p/1']);
    const reader = new TileReader(async (path) => files.get(path)!, size, nodeSha256);
    const hashes = many.map((entry) => leafHash(entry, nodeSha256));
    const root = Frontier.EMPTY.appendAll(hashes, nodeSha256).root(nodeSha256);
    expect(await reader.root()).toEqual(root);
    for (const index of [0, 255, 256, 65_535, 65_536]) {
      verifyInclusion(
        { index, size, leafHash: hashes[index]!, proof: await reader.inclusionProof(index), root },
        nodeSha256,
      );
    }
    const oldRoot = Frontier.EMPTY.appendAll(hashes.slice(0, 40_000), nodeSha256).root(nodeSha256);
    verifyConsistency(
      { oldSize: 40_000, oldRoot, size, root, proof: await reader.consistencyProof(40_000) },
      nodeSha256,
    );
  });
});
