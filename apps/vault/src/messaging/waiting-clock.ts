import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { Log } from '#service';
import { sweepWaiting } from '../use-cases/keeping/sweep-waiting.js';
import type { VaultPorts } from '../use-cases/vault-ports.js';

const EVERY_MS = 60 * 60_000;
const FIRST_AFTER_MS = 5 * 60_000;

/** Removes bodies that were never accepted, every hour. Several at once do no harm. */
export class WaitingClock implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly stopped = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly ports: Pick<VaultPorts, 'waiting' | 'store'>,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.schedule(FIRST_AFTER_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped.abort();
    clearTimeout(this.timer);
    await this.running;
  }

  private schedule(afterMs: number): void {
    if (this.stopped.signal.aborted) return;
    this.timer = setTimeout(() => {
      this.running = this.sweep().finally(() => this.schedule(EVERY_MS));
    }, afterMs);
  }

  private async sweep(): Promise<void> {
    try {
      const removed = await sweepWaiting(this.ports, this.stopped.signal);
      if (removed > 0) this.log.info({ removed }, 'bodies that were never accepted are removed');
    } catch (error) {
      this.log.warn({ error }, 'bodies that were never accepted could not be removed; again in an hour');
    }
  }
}
