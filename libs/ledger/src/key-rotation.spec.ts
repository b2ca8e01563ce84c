import { describe, expect, it } from '@jest/globals';
import { utf8 } from '#kernel';
import { LogBuilder, openEntry } from '../test-support/log-builder.js';
import { signCheckpoint } from './checkpoint.js';
import type { Entry } from './entry.js';
import { KEY_ROTATED, KeyHistory, rotationData, rotationText } from './key-rotation.js';
import { createSigner, type NoteSigner } from './note-signer.js';
import { TileReader } from './tile-reader.js';
import { verifyLog } from './verify-log.js';

const keyOf = (log: LogBuilder, n: number): NoteSigner =>
  createSigner(log.signer.name, new Uint8Array(32).fill(n));

function rotation(from: NoteSigner, to: NoteSigner, signers = [from, to]): Entry {
  const text = rotationText(from.verifierKey, to.verifierKey);
  const signatures = signers.map((signer) => signer.sign(text));
  return openEntry(1, {
    type: KEY_ROTATED,
    data: rotationData(from.verifierKey, to.verifierKey, signatures),
  });
}

/** Signs the log as it stands, with a key of choice. */
async function signed(log: LogBuilder, signer: NoteSigner): Promise<string> {
  const root = await new TileReader(log.readFile, log.size).root();
  const checkpoint = signCheckpoint({ origin: signer.name, size: log.size, root }, signer);
  log.files.set('checkpoint', utf8(checkpoint));
  return checkpoint;
}

const code = (expected: string) => expect.objectContaining({ code: expected });

describe('a log whose key was changed twice', () => {
  async function changedTwice() {
    const log = new LogBuilder();
    const [first, second, third] = [log.signer, keyOf(log, 8), keyOf(log, 9)];
    const kept = [await log.append([openEntry(1), openEntry(2)])];
    await log.append([rotation(first, second), openEntry(3)]);
    kept.push(await signed(log, second));
    await log.append(Array.from({ length: 300 }, (_, i) => openEntry(i + 4)));
    kept.push(await signed(log, second));
    await log.append([rotation(second, third)]);
    await signed(log, third);
    return { log, kept, keys: [first, second, third] as const };
  }

  it.each([0, 1, 2])('is verified from key %i alone, with every checkpoint of before', async (n) => {
    const { log, kept, keys } = await changedTwice();
    const verified = await verifyLog({
      readFile: log.readFile,
      verifiers: [keys[n]!.verifier],
      keptCheckpoints: kept,
    });
    expect(verified.entries).toHaveLength(305);
  });

  it('is not verified from a key that it never had', async () => {
    const { log, kept } = await changedTwice();
    const stranger = [keyOf(log, 10).verifier];
    await expect(
      verifyLog({ readFile: log.readFile, verifiers: stranger, keptCheckpoints: kept }),
    ).rejects.toEqual(code('ledger.rotation-invalid'));
  });

  it('may not be signed by an earlier key any more', async () => {
    const { log, keys } = await changedTwice();
    await signed(log, keys[1]);
    for (const { verifier } of keys) {
      await expect(verifyLog({ readFile: log.readFile, verifiers: [verifier] })).rejects.toEqual(
        code('checkpoint.key-wrong'),
      );
    }
  });

  it('was not signed by a later key at an earlier size', async () => {
    const { log, kept, keys } = await changedTwice();
    const before = new LogBuilder();
    await before.append([openEntry(1), openEntry(2)]);
    const early = await signed(before, keys[1]);
    await expect(
      verifyLog({ readFile: log.readFile, verifiers: [keys[0].verifier], keptCheckpoints: [...kept, early] }),
    ).rejects.toEqual(code('checkpoint.key-wrong'));
  });
});

describe('a change of the key', () => {
  const log = new LogBuilder();
  const [first, second, third] = [log.signer, keyOf(log, 8), keyOf(log, 9)] as const;
  const follow = (...entries: Entry[]) =>
    KeyHistory.follow(
      first.verifier,
      entries.map((entry, index) => ({ index, entry })),
    );

  it('counts from the first size that holds its entry', () => {
    const history = follow(openEntry(1), rotation(first, second));
    expect([0, 1, 2].map((size) => history.at(size).verifierKey)).toEqual([
      first.verifierKey,
      first.verifierKey,
      second.verifierKey,
    ]);
  });

  it.each([
    ['only the old key signed', rotation(first, second, [first])],
    ['only the new key signed', rotation(first, second, [second])],
    ['a third key signed for the new one', rotation(first, second, [first, third])],
    ['the name is another', rotation(first, createSigner('other', new Uint8Array(32).fill(1)))],
    ['there is no note', openEntry(1, { type: KEY_ROTATED, data: {} })],
    ['the note is a checkpoint', openEntry(1, { type: KEY_ROTATED, data: { note: 'log\n1\nAA==\n' } })],
  ])('is refused where %s', (_, entry) => {
    expect(() => follow(entry)).toThrow(code('ledger.rotation-invalid'));
  });

  it('is refused where its old key is not the present one, or its new one was there before', () => {
    expect(() => follow(rotation(first, second), rotation(first, third))).toThrow(
      code('ledger.rotation-invalid'),
    );
    expect(() => follow(rotation(first, second), rotation(second, first))).toThrow(
      code('ledger.rotation-invalid'),
    );
  });
});
