import { describe, expect, it } from '@jest/globals';
import { toBase64 } from '#kernel';
import { LogBuilder, openEntry } from '../test-support/log-builder.js';
import { openCheckpoint } from './checkpoint.js';
import { encodeEntry, type Entry } from './entry.js';
import { defaultSha256 as sha256, leafHash } from './hashing.js';
import { LOWER_CHECKPOINT, lowerCheckpoints, requireLower } from './lower-checkpoint.js';
import { createSigner } from './note-signer.js';

const entriesOf = (from: number, count: number): Entry[] =>
  Array.from({ length: count }, (_, i) => openEntry(from + i));
const leavesOf = (entries: readonly Entry[]): Uint8Array[] =>
  entries.map((entry) => leafHash(encodeEntry(entry)));
const detailsOf = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    const { code, details } = error as { code: string; details: Record<string, unknown> };
    return { code, index: details['index'] };
  }
};

describe('the checkpoints of a lower ledger in an upper one', () => {
  const lower = new LogBuilder();
  const verifiers = [lower.signer.verifier];
  const entryOf = (note: string, changes: Record<string, unknown> = {}) => {
    const { origin, size, root } = openCheckpoint(note, verifiers);
    const data = { regionCode: '630121', origin, size, root: toBase64(root), checkpoint: note, ...changes };
    return openEntry(1, { type: LOWER_CHECKPOINT, data: data as never });
  };
  const indexed = (...entries: Entry[]) => entries.map((entry, i) => ({ index: i + 10, entry }));

  it('are proved by a lower ledger that begins with the tree of each, in whatever order they stand', async () => {
    const notes = [await lower.append(entriesOf(1, 3)), await lower.append(entriesOf(4, 300))];
    const held = lowerCheckpoints(indexed(openEntry(1), entryOf(notes[1]!), entryOf(notes[0]!)));
    expect(held.map(({ index, size }) => [index, size])).toEqual([
      [11, 303],
      [12, 3],
    ]);
    const leaves = leavesOf(entriesOf(1, 320));
    expect(() => requireLower(held, leaves, verifiers, sha256)).not.toThrow();

    expect(detailsOf(() => requireLower(held, leaves.slice(0, 302), verifiers, sha256))).toEqual({
      code: 'ledger.rewound',
      index: 11,
    });
    const forked = [...leaves.slice(0, 200), leaves[300]!, ...leaves.slice(201)];
    expect(detailsOf(() => requireLower(held, forked, verifiers, sha256))).toEqual({
      code: 'ledger.forked',
      index: 11,
    });
    const stranger = [createSigner(lower.signer.name, new Uint8Array(32).fill(3)).verifier];
    expect(detailsOf(() => requireLower(held, leaves, stranger, sha256))).toMatchObject({
      code: 'checkpoint.signature-invalid',
    });
  });

  it.each([
    ['another size than its note', { size: 4 }],
    ['another root', { root: toBase64(new Uint8Array(32)) }],
    ['another origin', { origin: 'ledger.example/else' }],
    ['no region', { regionCode: null }],
    ['no note', { checkpoint: 'x' }],
  ])('are refused with %s', async (_, changes) => {
    const note = await new LogBuilder().append(entriesOf(1, 3));
    expect(detailsOf(() => lowerCheckpoints(indexed(entryOf(note, changes))))).toEqual({
      code: 'entry.malformed',
      index: 10,
    });
  });
});
