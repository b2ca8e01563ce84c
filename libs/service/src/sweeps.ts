import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { type Call, systemCall } from './call.js';
import type { Log } from './log.js';
import { isTold, pauseAfter } from './pause-after.js';

/** Work that the clock asks for. It may run in several processes at once, and begins anew after a kill. */
export interface Sweep {
  /** In the log and in the call: `close-due-tenders`. */
  readonly name: string;
  readonly everyMs: number;
  /** Before the first run; the interval by default. */
  readonly firstAfterMs?: number;
  /** Ends soon once `signal` is aborted. What it throws is told, and it is run again. */
  readonly work: (call: Call, signal: AbortSignal) => Promise<unknown>;
}

interface State {
  failures: number;
  timer: NodeJS.Timeout | undefined;
  running: Promise<void>;
}

/**
 * Runs each of its sweeps over and over while the service runs, each by itself and one run at a time, so that long
 * work holds back no deadline. A sweep only triggers: what is due is decided by the database's clock. After failures in
 * a row the pauses grow up to {@link pauseAfter}, and the log has a line for the 1st, 2nd, 4th, 8th … and one when it
 * is well again. Shutdown waits for runs that have begun.
 */
export class Sweeps implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly stopped = new AbortController();
  private readonly states: ReadonlyMap<Sweep, State>;

  constructor(
    private readonly log: Pick<Log, 'info' | 'warn'>,
    sweeps: readonly Sweep[],
  ) {
    const fresh = (): State => ({ failures: 0, timer: undefined, running: Promise.resolve() });
    this.states = new Map(sweeps.map((sweep) => [sweep, fresh()]));
  }

  onApplicationBootstrap(): void {
    for (const [sweep, state] of this.states) {
      this.schedule(sweep, state, sweep.firstAfterMs ?? sweep.everyMs);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped.abort();
    for (const { timer } of this.states.values()) clearTimeout(timer);
    await Promise.all([...this.states.values()].map(({ running }) => running));
  }

  private schedule(sweep: Sweep, state: State, afterMs: number): void {
    if (this.stopped.signal.aborted) return;
    state.timer = setTimeout(() => {
      state.running = this.run(sweep, state).then(() =>
        this.schedule(sweep, state, pauseAfter(state.failures, sweep.everyMs)),
      );
    }, afterMs);
  }

  private async run({ name, work }: Sweep, state: State): Promise<void> {
    try {
      await work(systemCall(name), this.stopped.signal);
      if (state.failures > 0) this.log.info({ failures: state.failures }, `${name}: done at last`);
      state.failures = 0;
    } catch (error) {
      state.failures += 1;
      const { failures } = state;
      if (isTold(failures)) this.log.warn({ error, failures }, `${name}: not done yet; again soon`);
    }
  }
}
