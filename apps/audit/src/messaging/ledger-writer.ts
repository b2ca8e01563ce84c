import type { OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { InvariantError } from '#kernel';
import { AuditPorts } from '../use-cases/audit-ports.js';
import { enterBatch, publishCheckpoint } from '../use-cases/write-ledger.js';

/** Enters what waits, batch after batch. A broken invariant stops the ledger: a wrong entry is worse than none. */
export class LedgerWriter implements OnModuleInit, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();
  private isStopped = false;

  constructor(
    private readonly ports: AuditPorts,
    private readonly everyMs: number,
  ) {}

  async onModuleInit(): Promise<void> {
    await enterBatch(this.ports);
    await publishCheckpoint(this.ports);
    this.schedule(this.everyMs);
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.writing;
  }

  private schedule(afterMs: number): void {
    if (this.isStopped) return;
    this.timer = setTimeout(() => (this.writing = this.write()), afterMs);
  }

  private async write(): Promise<void> {
    try {
      const entered = await enterBatch(this.ports);
      this.schedule(entered > 0 ? 0 : this.everyMs);
    } catch (error) {
      this.ports.log.error({ error }, 'the ledger could not be written');
      if (error instanceof InvariantError) throw error;
      this.schedule(this.everyMs * 4);
    }
  }
}
