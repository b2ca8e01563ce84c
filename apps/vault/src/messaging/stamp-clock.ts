import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { Log } from '#service';
import { StampWorker, type StampWorkerParts, tryAuthority } from '../use-cases/stamping/stamp-worker.js';

interface StampClockParts extends StampWorkerParts {
  readonly random: (length: number) => Uint8Array;
  readonly log: Log;
}

/** Has promises stamped while this process runs; without a configured authority there is nothing to do. */
export class StampClock implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly stopped = new AbortController();
  private readonly worker: StampWorker | null;
  private trying: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: StampClockParts | null) {
    this.worker = parts && new StampWorker(parts);
  }

  /** Asks the authority once; nothing waits for the answer, and what it is stops nothing. */
  onApplicationBootstrap(): void {
    const { parts, stopped } = this;
    if (!parts) return;
    this.trying = tryAuthority(parts, { ...parts, signal: stopped.signal }).catch((error: unknown) =>
      parts.log.error({ error }, 'the certificate of the time-stamp authority is of no use'),
    );
    this.worker?.start();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped.abort();
    await Promise.all([this.trying, this.worker?.stop()]);
  }
}
