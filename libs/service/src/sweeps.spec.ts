import { afterEach, describe, expect, it } from '@jest/globals';
import { isTold, PAUSE_MS_MAX, pauseAfter } from './pause-after.js';
import { type Sweep, Sweeps } from './sweeps.js';

interface Line {
  readonly level: string;
  readonly failures: number;
}

const running: Sweeps[] = [];

/** Sweeps that have begun, with what they wrote to the log. */
function begin(...sweeps: readonly Sweep[]): { readonly begun: Sweeps; readonly lines: Line[] } {
  const lines: Line[] = [];
  const line = (level: string) => (about: { failures: number }) => {
    lines.push({ level, failures: about.failures });
  };
  const begun = new Sweeps({ info: line('info'), warn: line('warn') } as never, sweeps);
  running.push(begun);
  begun.onApplicationBootstrap();
  return { begun, lines };
}

/** Resolves at the call of that number. */
function until(count: number): { readonly done: Promise<void>; readonly tick: () => number } {
  let calls = 0;
  let resolve = (): void => undefined;
  const done = new Promise<void>((fulfil) => (resolve = fulfil));
  const tick = (): number => {
    calls += 1;
    if (calls === count) resolve();
    return calls;
  };
  return { done, tick };
}

describe('sweeps', () => {
  afterEach(async () => {
    for (const sweeps of running.splice(0)) await sweeps.onApplicationShutdown();
  });

  it('run over and over, each under its own name', async () => {
    const { done, tick } = until(3);
    const names = new Set<string>();
    begin({
      name: 'look',
      everyMs: 1,
      work: async ({ subject }) => {
        names.add(subject);
        tick();
      },
    });
    await done;
    expect([...names]).toEqual(['look']);
  });

  it('never run twice at once', async () => {
    const { done, tick } = until(4);
    let atOnce = 0;
    let most = 0;
    begin({
      name: 'look',
      everyMs: 0,
      work: async () => {
        most = Math.max(most, ++atOnce);
        await new Promise((next) => setTimeout(next, 3));
        atOnce -= 1;
        tick();
      },
    });
    await done;
    expect(most).toBe(1);
  });

  it('do not wait for each other', async () => {
    const { done, tick } = until(3);
    let release = (): void => undefined;
    const long = new Promise<void>((fulfil) => (release = fulfil));
    begin(
      { name: 'long', everyMs: 0, work: () => long },
      { name: 'short', everyMs: 0, work: async () => tick() },
    );
    await done;
    release();
  });

  it('go on after a failure, tell it less and less, and tell when it is over', async () => {
    const { done, tick } = until(7);
    const { lines } = begin({
      name: 'look',
      everyMs: 0,
      work: async () => {
        if (tick() < 6) throw new Error('not yet');
      },
    });
    await done;
    expect(lines).toEqual([
      { level: 'warn', failures: 1 },
      { level: 'warn', failures: 2 },
      { level: 'warn', failures: 4 },
      { level: 'info', failures: 5 },
    ]);
  });

  it('tell a run to end at shutdown, and wait for it', async () => {
    const { done, tick } = until(1);
    let ended = false;
    const { begun } = begin({
      name: 'look',
      everyMs: 0,
      work: async (_call, signal) => {
        tick();
        await new Promise((fulfil) => signal.addEventListener('abort', fulfil));
        ended = true;
      },
    });
    await done;
    await begun.onApplicationShutdown();
    expect(ended).toBe(true);
  });

  it('do not begin after shutdown', async () => {
    let calls = 0;
    const { begun } = begin({ name: 'look', everyMs: 1, work: async () => void calls++ });
    await begun.onApplicationShutdown();
    await new Promise((next) => setTimeout(next, 5));
    expect(calls).toBe(0);
  });
});

describe('pauses of a sweep', () => {
  it('double with each failure in a row, up to the limit', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 1_000].map((failures) => pauseAfter(failures, 200))).toEqual([
      200,
      400,
      800,
      1_600,
      3_200,
      PAUSE_MS_MAX,
      PAUSE_MS_MAX,
      PAUSE_MS_MAX,
    ]);
  });

  it('are never shorter than the interval, nor longer than it where that is long', () => {
    const hour = 3_600_000;
    expect([0, 1, 9].map((failures) => pauseAfter(failures, hour))).toEqual([hour, hour, hour]);
  });

  it('are told at the 1st, 2nd, 4th, 8th failure', () => {
    const told = Array.from({ length: 20 }, (_, at) => at + 1).filter(isTold);
    expect(told).toEqual([1, 2, 4, 8, 16]);
  });
});
