import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { type Log, systemCall } from '#service';
import { closeDueTenders } from '../use-cases/follow-procedure.js';
import { TenderingPorts } from '../use-cases/tendering-ports.js';

const LOOK_EVERY_MS = 200;

/** Looks for passed deadlines, over and over; several at once do no harm, because each close is decided anew. */
export class DeadlineClock implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();
  private isStopped = false;

  constructor(
    private readonly ports: TenderingPorts,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.schedule();
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.looking;
  }

  private schedule(): void {
    if (this.isStopped) return;
    this.timer = setTimeout(() => {
      this.looking = closeDueTenders(this.ports.tenders, systemCall('close-due-tenders'))
        .catch((error: unknown) => this.log.warn({ error }, 'deadlines could not be looked at; again soon'))
        .finally(() => this.schedule());
    }, LOOK_EVERY_MS);
  }
}
