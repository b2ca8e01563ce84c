import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { type Log, systemCall } from '#service';
import { clearWaiting } from '../use-cases/keeping/clear-waiting.js';
import { scrubEnvelopes } from '../use-cases/keeping/scrub-envelopes.js';
import type { VaultPorts } from '../use-cases/vault-ports.js';

const FIRST_AFTER_MS = 10 * 60_000;

/** Clears what waits for nothing and reads all stored envelopes again, first some minutes after the start and then every so many hours. */
export class ScrubClock implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly stopped = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly ports: VaultPorts,
    private readonly log: Log,
    private readonly everyHours: number,
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
      const { log, stopped } = this;
      const { signal } = stopped;
      this.running = clearWaiting(this.ports, { signal })
        .catch((error: unknown) => log.warn({ error }, 'what waits for nothing could not be cleared; later'))
        .then(() => scrubEnvelopes(this.ports, systemCall('scrub-envelopes'), { log, signal }))
        .catch((error: unknown) => log.warn({ error }, 'stored envelopes could not be read again; later'))
        .finally(() => this.schedule(this.everyHours * 3_600_000));
    }, afterMs);
  }
}
