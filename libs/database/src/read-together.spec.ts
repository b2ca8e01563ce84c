import { describe, expect, it } from '@jest/globals';
import { ReadTogether } from './read-together.js';

/** A table whose queries end when they are told to. */
function slowTable(rows: ReadonlyMap<string, number>) {
  const queries: { readonly keys: readonly string[]; readonly answer: (error?: Error) => void }[] = [];
  const reads = new ReadTogether<string, number>(
    (keys) =>
      new Promise((done, failed) => {
        queries.push({ keys, answer: (error) => (error ? failed(error) : done(rows)) });
      }),
  );
  return { queries, reads };
}

const turn = (): Promise<void> => new Promise((done) => setImmediate(done));

describe('reads together', () => {
  const rows = new Map([
    ['a', 1],
    ['b', 2],
  ]);

  it('reads at once when nobody else does', async () => {
    const { queries, reads } = slowTable(rows);
    const found = reads.of('a');
    expect(queries.map(({ keys }) => keys)).toEqual([['a']]);
    queries[0]!.answer();
    expect(await found).toBe(1);
  });

  it('answers who asks meanwhile by one query that begins afterwards, each key once', async () => {
    const { queries, reads } = slowTable(rows);
    const first = reads.of('a');
    const later = [reads.of('a'), reads.of('b'), reads.of('b'), reads.of('c')];
    expect(queries).toHaveLength(1);
    queries[0]!.answer();
    await first;
    await turn();
    expect(queries[1]!.keys).toEqual(['a', 'b', 'c']);
    queries[1]!.answer();
    expect(await Promise.all(later)).toEqual([1, 2, 2, undefined]);
    expect(queries).toHaveLength(2);
  });

  it('tells a failure to those of its query alone and goes on', async () => {
    const { queries, reads } = slowTable(rows);
    const first = reads.of('a');
    const second = reads.of('b');
    queries[0]!.answer(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    await turn();
    queries[1]!.answer();
    expect(await second).toBe(2);
  });

  it('asks for five hundred keys at most at a time', async () => {
    const { queries, reads } = slowTable(rows);
    const all = Array.from({ length: 1_002 }, (_, n) => reads.of(`k${n}`));
    for (let n = 0; n < 4; n++) {
      queries[n]!.answer();
      await turn();
    }
    await Promise.all(all);
    expect(queries.map(({ keys }) => keys.length)).toEqual([1, 500, 500, 1]);
  });
});
