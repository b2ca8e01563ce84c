import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { type Log, systemCall } from '#service';
import { destroyDue } from '../use-cases/keeping/destroy-envelopes.js';
import { combineAll } from '../use-cases/opening/open-combine.js';
import { passTime } from '../use-cases/opening/open-session.js';
import type { VaultPorts } from '../use-cases/vault-ports.js';

const LOOK_EVERY_MS = 200;

interface Sweep {
  readonly name: string;
  readonly work: (signal: AbortSignal) => Promise<void>;
}

/**
 * Looks for what is due in openings, over and over: time that has passed, envelopes to be opened, envelopes to be
 * destroyed, each for itself, so that long work holds back no deadline. It only triggers, and goes on after a kill
 * where it was.
 */
export class OpeningClock implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly sweeps: readonly Sweep[];
  private readonly stopped = new AbortController();
  private readonly timers = new Map<Sweep, NodeJS.Timeout>();
  private readonly running = new Set<Promise<void>>();

  constructor(
    ports: VaultPorts,
    private readonly log: Log,
  ) {
    const onFailure = (error: unknown): void => this.warn('combine-openings', error);
    this.sweeps = [
      { name: 'pass-opening-time', work: () => passTime(ports, systemCall('pass-opening-time')) },
      {
        name: 'combine-openings',
        work: (signal) => combineAll(ports, systemCall('combine-openings'), { signal, onFailure }),
      },
      { name: 'destroy-envelopes', work: () => destroyDue(ports, systemCall('destroy-envelopes')) },
    ];
  }

  onApplicationBootstrap(): void {
    for (const sweep of this.sweeps) this.schedule(sweep);
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped.abort();
    for (const timer of this.timers.values()) clearTimeout(timer);
    await Promise.all(this.running);
  }

  private schedule(sweep: Sweep): void {
    if (this.stopped.signal.aborted) return;
    const timer = setTimeout(() => {
      const run = sweep
        .work(this.stopped.signal)
        .catch((error: unknown) => this.warn(sweep.name, error))
        .finally(() => {
          this.running.delete(run);
          this.schedule(sweep);
        });
      this.running.add(run);
    }, LOOK_EVERY_MS);
    this.timers.set(sweep, timer);
  }

  private warn(name: string, error: unknown): void {
    this.log.warn({ error }, `${name}: not done yet; again soon`);
  }
}
