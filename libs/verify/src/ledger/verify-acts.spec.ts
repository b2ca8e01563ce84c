import { describe, expect, it } from '@jest/globals';
import { toHex } from '#kernel';
import { commit, commitPlace, type Entry, type JsonObject, type OpenEntry, type VerifiedLog } from '#ledger';
import { verifyActs } from './verify-acts.js';

const SALT = new Uint8Array(32).fill(1);
const eventOf = (n: number): JsonObject => ({ v: 1, type: 'bid-submitted', data: { n } });

const open = (seq: number, data: JsonObject = {}): OpenEntry => ({
  v: 1,
  type: 'vault.thing-done',
  at: '2026-11-24T09:00:00.000Z',
  producer: 'vault',
  seq,
  region: '630100',
  tender: null,
  actor: null,
  data,
});
const sealed = (n: number, seq: number): Entry => ({
  v: 1,
  sealed: commit(eventOf(n), SALT),
  place: commitPlace({ producer: 'vault', seq }, SALT),
});
const reveal = (n: number, seq?: number): JsonObject => ({
  sealed: commit(eventOf(n), SALT),
  salt: toHex(SALT),
  event: eventOf(n),
  ...(seq === undefined ? {} : { place: { producer: 'vault', seq, salt: toHex(SALT) } }),
});

const verified = (...entries: Entry[]) =>
  verifyActs({ entries: entries.map((entry, index) => ({ index, entry })) } as unknown as VerifiedLog);

describe('the acts of a ledger', () => {
  it('hold when every number is there, sealed ones by what their reveals prove', async () => {
    const log = [open(1), sealed(1, 2), sealed(2, 3), open(4, { reveals: [reveal(2, 3), reveal(1, 2)] })];
    expect(await verified(...log)).toEqual({ revealed: 2, unproven: [] });
  });

  it('are refused by the number that is missing once every commitment has proved its own', async () => {
    const log = [open(1), sealed(2, 3), open(4, { reveals: [reveal(2, 3)] })];
    await expect(verified(...log)).rejects.toMatchObject({
      code: 'ledger.incomplete',
      message: expect.stringContaining('acts 2 to 2 of vault are missing'),
    });
  });

  it('are refused by the number that two of them prove', async () => {
    const log = [open(1), sealed(1, 2), sealed(2, 2), open(3, { reveals: [reveal(1, 2), reveal(2, 2)] })];
    await expect(verified(...log)).rejects.toMatchObject({
      code: 'ledger.acts-conflict',
      message: expect.stringContaining('two acts of vault have the number 2'),
    });
  });

  it('are refused where one takes an open one’s number, and where it keeps its own to itself', async () => {
    const taken = [open(1), sealed(1, 1), open(2, { reveals: [reveal(1, 1)] })];
    await expect(verified(...taken)).rejects.toMatchObject({ code: 'ledger.acts-conflict' });
    const silent = [open(1), sealed(1, 2), open(3, { reveals: [reveal(1)] })];
    await expect(verified(...silent)).rejects.toMatchObject({
      code: 'ledger.number-unproved',
      message: expect.stringContaining('entry 2 shows the act of entry 1 without its number'),
    });
  });

  it('are refused where a reveal proves another number than was committed to', async () => {
    const log = [open(1), sealed(1, 2), open(3, { reveals: [reveal(1, 3)] })];
    await expect(verified(...log)).rejects.toMatchObject({ code: 'reveal.mismatch' });
  });
});
