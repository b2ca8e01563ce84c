import { describe, expect, it } from '@jest/globals';
import { utf8 } from '#kernel';
import { readVectors } from '../test-support/vectors.js';
import { openCheckpoint, signCheckpoint } from './checkpoint.js';
import { Frontier } from './frontier.js';
import { leafHash } from './hashing.js';
import { signerFromKey, verifierFromKey } from './note-signer.js';
import { filesForAppend } from './tile-writer.js';
import { TileReader } from './tile-reader.js';
import { verifyConsistency } from './verify-consistency.js';
import { verifyInclusion } from './verify-inclusion.js';

const { signerKey, verifierKey, entries, checkpoints } = readVectors<{
  signerKey: string;
  verifierKey: string;
  entries: string[];
  checkpoints: string[];
}>('tessera-log');
const bytes = entries.map(utf8);
const signed = checkpoints.map((note) => openCheckpoint(note, [verifierFromKey(verifierKey)]));

/** The same log, written by us entry by entry. */
async function ourFiles(): Promise<(path: string) => Promise<Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const [oldSize, entry] of bytes.entries()) {
    const readTile = async (path: string) => files.get(path);
    for await (const file of filesForAppend({ readTile, oldSize, entries: [entry] })) {
      files.set(file.path, file.bytes);
    }
  }
  return async (path) => files.get(path) ?? Promise.reject(new Error(path));
}

describe('the 15-entry log of Tessera', () => {
  it('has our roots and, signed with its key, our checkpoints, to the byte', () => {
    const signer = signerFromKey(signerKey);
    for (const [i, { size }] of signed.entries()) {
      const root = Frontier.EMPTY.appendAll(bytes.slice(0, size).map((entry) => leafHash(entry))).root();
      expect(signCheckpoint({ origin: signer.name, size, root }, signer)).toBe(checkpoints[i]);
    }
    expect(signed.map(({ size }) => size)).toEqual([0, 1, 7, 8, 10, 11, 15]);
  });

  it('is proved by our tiles: every entry under every checkpoint, and each two checkpoints', async () => {
    const readFile = await ourFiles();
    for (const { size, root } of signed) {
      const reader = new TileReader(readFile, size);
      for (let index = 0; index < size; index++) {
        const proof = await reader.inclusionProof(index);
        verifyInclusion({ index, size, leafHash: leafHash(bytes[index]!), proof, root });
      }
      for (const old of signed.filter((other) => other.size <= size)) {
        const proof = await reader.consistencyProof(old.size);
        verifyConsistency({ oldSize: old.size, oldRoot: old.root, size, root, proof });
      }
    }
  });
});
