import { describe, expect, it } from '@jest/globals';
import { OnceWithin } from './once-within.js';

describe('once within a time', () => {
  const at = (max = 10) => {
    const clock = { now: 0 };
    const done: string[] = [];
    const once = new OnceWithin({ ms: 100, max, now: () => clock.now });
    const run = (key: string) => once.run(key, async () => void done.push(key));
    return { clock, done, once, run };
  };

  it('a key is done again when the time is over, and not before', async () => {
    const { clock, done, run } = at();
    for (const now of [0, 50, 99, 100, 199, 200]) {
      clock.now = now;
      await run('a');
    }
    expect(done).toEqual(['a', 'a', 'a']);
  });

  it('keys do not stand for each other', async () => {
    const { done, run } = at();
    for (const key of ['a', 'b', 'a', 'b']) await run(key);
    expect(done).toEqual(['a', 'b']);
  });

  it('what failed is done again at once, and its failure is told', async () => {
    const { done, once, run } = at();
    await expect(once.run('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await run('a');
    expect(done).toEqual(['a']);
  });

  it('beyond its limit the oldest key is forgotten, which does it once more', async () => {
    const { done, run } = at(2);
    for (const key of ['a', 'b', 'c', 'b', 'c', 'a']) await run(key);
    expect(done).toEqual(['a', 'b', 'c', 'a']);
  });
});
