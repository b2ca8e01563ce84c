import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { Log } from '#service';
import type { ObjectStore } from '#storage';
import type { UploadRows } from './upload-rows.js';

const SWEEP_EVERY_MS = 60_000;
const UPLOADS_AT_ONCE = 20;

/** Removes what uploads that are over have left: first their bytes, then their rows. Several at once do no harm. */
export class UploadSweep implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();
  private isStopped = false;

  constructor(
    private readonly rows: UploadRows,
    private readonly store: ObjectStore,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.schedule();
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.sweeping;
  }

  /** Only names that the rows know are touched; the whole body under the vault's key is the vault's. */
  async sweep(): Promise<void> {
    for (;;) {
      const ids = await this.rows.longOver(UPLOADS_AT_ONCE);
      for (const id of ids) {
        if (this.isStopped) return;
        for (const key of await this.rows.keys(id)) await this.store.remove(key);
        await this.rows.forget(id);
      }
      if (ids.length < UPLOADS_AT_ONCE) return;
    }
  }

  private schedule(): void {
    if (this.isStopped) return;
    this.timer = setTimeout(() => {
      this.sweeping = this.sweep()
        .catch((error: unknown) => this.log.warn({ error }, 'old uploads could not be removed; again soon'))
        .finally(() => this.schedule());
    }, SWEEP_EVERY_MS);
  }
}
