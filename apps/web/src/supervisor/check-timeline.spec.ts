import { describe, expect, it } from '@jest/globals';
import { toBase64, toHex } from '#kernel';
import {
  commit,
  createSigner,
  encodeEntry,
  type Entry,
  hashAtOf,
  inclusionProof,
  leafHash,
  merkleRoot,
  signCheckpoint,
} from '#ledger';
import { checkTimeline } from './check-timeline.js';

const AT = '2026-12-01T00:00:00.000Z';
const SALT = new Uint8Array(32).fill(7);
const EVENT = { type: 'vault.bid-committed', at: AT } as const;
const SEALED = commit(EVENT, SALT);
const open = (seq: number): Entry => ({
  v: 1,
  type: 'tendering.tender-published',
  at: AT as never,
  producer: 'tendering',
  seq,
  region: '630100',
  tender: null,
  actor: null,
  data: { seq },
});

async function timeline() {
  const entries: Entry[] = [open(1), { v: 1, sealed: SEALED }, open(2)];
  const leaves = entries.map((entry) => leafHash(encodeEntry(entry)));
  const signer = createSigner('ledger.example', new Uint8Array(32).fill(1));
  const root = merkleRoot(leaves);
  const checkpoint = signCheckpoint({ origin: 'ledger.example', size: leaves.length, root }, signer);
  const items = await Promise.all(
    entries.map(async (entry, index) => ({
      index,
      type: index === 1 ? EVENT.type : 'tendering.tender-published',
      at: AT,
      tenderId: null,
      personId: null,
      regionCode: null,
      entry: entry as unknown as Record<string, unknown>,
      reveal: index === 1 ? { index: 2, salt: toHex(SALT), event: { ...EVENT } } : null,
      leafSha256: toHex(leaves[index]!),
      proof: (await inclusionProof(index, leaves.length, hashAtOf(leaves))).map(toBase64),
    })),
  );
  return { checkpoint, items, key: signer.verifierKey };
}
type Change = (page: Awaited<ReturnType<typeof timeline>>) => void;

describe('a timeline in the browser', () => {
  it('holds where every entry is in the ledger and every reveal opens what was sealed', async () => {
    const { key, ...page } = await timeline();
    expect(checkTimeline(page, key)).toEqual([{ holds: true }, { holds: true }, { holds: true }]);
  });

  it.each<[string, number, string, Change]>([
    [
      'an entry that says something else',
      0,
      'proof.invalid',
      ({ items }) => void (items[0]!.entry['data'] = {}),
    ],
    ['an entry at another place', 0, 'proof.invalid', ({ items }) => void (items[0]!.index = 2)],
    ['another leaf than its own', 2, 'proof.invalid', ({ items }) => void (items[2]!.leafSha256 = SEALED)],
    [
      'a reveal of something else',
      1,
      'reveal.mismatch',
      ({ items }) => void (items[1]!.reveal!.event.at = '' as never),
    ],
    [
      'a type that the act does not have',
      1,
      'reveal.mismatch',
      ({ items }) => void (items[1]!.type = 'vault.x'),
    ],
    ['a proof that is none', 0, 'proof.malformed', ({ items }) => void (items[0]!.proof = ['?'])],
  ])('tells %s', async (_, at, code, change) => {
    const page = await timeline();
    change(page);
    expect(checkTimeline(page, page.key)[at]).toEqual({ holds: false, code });
  });

  it('believes no checkpoint that another key signed', async () => {
    const page = await timeline();
    const other = createSigner('ledger.example', new Uint8Array(32).fill(2)).verifierKey;
    const held = checkTimeline(page, other).filter(({ holds }) => holds);
    expect(held).toEqual([]);
  });
});
