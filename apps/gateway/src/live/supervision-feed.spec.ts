import { PassThrough, Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { followFeed } from './supervision-feed.js';

const entry = (index: number) => ({
  index,
  type: 'tendering.tender-published',
  at: null,
  tenderId: null,
  personId: null,
  regionCode: null,
  entry: {},
  reveal: null,
});

/** A ledger of `size` entries that a feed reads two at a time; ends the feed when it has looked so often. */
function ledger(size: number, looks: number) {
  const stop = new AbortController();
  const asked: number[] = [];
  const read = async (after: number) => {
    asked.push(after);
    if (asked.length === looks) stop.abort();
    const left = Array.from({ length: Math.max(size - after - 1, 0) }, (_, i) => entry(after + 1 + i));
    const items = left.slice(0, 2);
    const isMore = left.length > 2;
    return { items, lookedTo: isMore ? items.at(-1)!.index : size - 1, isMore };
  };
  return { read, signal: stop.signal, asked };
}

async function written(parts: Omit<Parameters<typeof followFeed>[0], 'out' | 'everyMs'>): Promise<string> {
  const out = new PassThrough();
  await followFeed({ ...parts, out, everyMs: 0 });
  return String(out.read() ?? '');
}

const idsIn = (text: string): number[] =>
  [...text.matchAll(/^id: (\d+)\nevent: entry$/gm)].map(([, id]) => parseInt(id!, 10));

describe('the live feed', () => {
  it('goes on after the entry that was seen last, without a gap and without a second time', async () => {
    // The last look ends it, and what it brings is not written any more.
    expect(idsIn(await written({ ...ledger(7, 4), after: 1 }))).toEqual([2, 3, 4, 5, 6]);
  });

  it('names where it begins, so that one who comes again before the first entry misses nothing', async () => {
    const { read, signal, asked } = ledger(7, 2);
    expect(await written({ read, signal, after: 6 })).toMatch(/^id: 6\nretry: 0\n: connected\n\n$/);
    expect(asked).toEqual([6, 6]);
    expect(idsIn(await written({ ...ledger(2, 3), after: -1 }))).toEqual([0, 1]);
  });

  it('says that it is there when nothing happens', async () => {
    expect(await written({ ...ledger(1, 25), after: 0 })).toContain(': still here');
  });

  it('ends with the refusal of whoever may not look any more', async () => {
    const read = () => Promise.reject(new Error('access.denied'));
    await expect(written({ read, signal: new AbortController().signal, after: 0 })).rejects.toThrow(
      'access.denied',
    );
  });

  it('reads no further while its reader is slow', async () => {
    const { read, signal, asked } = ledger(100, 1_000);
    const stop = new AbortController();
    const held = new Writable({ highWaterMark: 1, write: () => undefined });
    const feed = followFeed({
      out: held,
      read,
      after: 0,
      everyMs: 0,
      signal: AbortSignal.any([signal, stop.signal]),
    });
    await new Promise((next) => setImmediate(next));
    expect(asked).toEqual([]);
    stop.abort();
    await feed;
  });
});
