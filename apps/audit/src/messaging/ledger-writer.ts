import type { OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { InvariantError } from '#kernel';
import type { AuditPorts } from '../use-cases/audit-ports.js';
import { announceNextKey } from '../use-cases/ledger-keys.js';
import type { SequenceEnd } from '../use-cases/ledger.port.js';
import { sequenceActs } from '../use-cases/sequence-acts.js';
import type { Heartbeats } from './heartbeats.js';
import {
  coverSequenced,
  enterBatch,
  republishCheckpoint,
  requireNothingNewerPublished,
} from '../use-cases/write-ledger.js';

/**
 * Enters what waits, batch after batch, while this process has the turn. Acts get their places without waiting for the
 * files of earlier ones. A broken invariant stops the ledger: a wrong entry is worse than none.
 */
export class LedgerWriter implements OnModuleInit, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private sequencing: Promise<void> = Promise.resolve();
  private covering: Promise<void> | undefined;
  private isStopped = false;
  private hadTurn = false;

  constructor(
    private readonly ports: AuditPorts,
    private readonly everyMs: number,
    private readonly heartbeats?: Heartbeats,
  ) {}

  async onModuleInit(): Promise<void> {
    if (await this.ports.rows.takeTurn(this.ports.writer)) {
      await this.beginTurn();
      await enterBatch(this.ports);
    }
    this.schedule(this.everyMs);
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.sequencing;
    await this.covering;
    await this.heartbeats?.settled();
    if (this.hadTurn) await this.ports.rows.endTurn(this.ports.writer).catch(() => undefined);
  }

  private schedule(afterMs: number): void {
    if (this.isStopped) return;
    this.timer = setTimeout(() => (this.sequencing = this.sequence()), afterMs);
  }

  private async sequence(): Promise<void> {
    try {
      const end = await this.ports.rows.takeTurn(this.ports.writer);
      if (end) {
        if (!this.hadTurn) await this.beginTurn();
        await this.sequenceAll(end);
        this.heartbeats?.beat();
      } else {
        this.hadTurn = false;
      }
      this.schedule(this.everyMs);
    } catch (error) {
      this.fail(error);
      this.schedule(this.everyMs * 4);
    }
  }

  /** Batches that are full follow each other at once; others wait, so that their acts stand among more. */
  private async sequenceAll(from: SequenceEnd): Promise<void> {
    for (let end = from, count = this.ports.batchMax; count === this.ports.batchMax && !this.isStopped;) {
      const sequenced = await sequenceActs(this.ports, end);
      if (!sequenced) return;
      ({ end, count } = sequenced);
      this.cover(end);
    }
  }

  private cover(end: SequenceEnd): void {
    this.covering ??= coverSequenced(this.ports, end)
      .catch((error: unknown) => this.fail(error))
      .finally(() => (this.covering = undefined));
  }

  private async beginTurn(): Promise<void> {
    await requireNothingNewerPublished(this.ports);
    await republishCheckpoint(this.ports);
    await this.ports.rows.forgetPlaced();
    await announceNextKey(this.ports);
    this.hadTurn = true;
    this.ports.log.info({ writer: this.ports.writer }, 'this process writes the ledger');
  }

  /** A broken invariant stops the writing for good; whatever else runs in this process goes on and can say so. */
  private fail(error: unknown): void {
    const isBroken = error instanceof InvariantError;
    if (isBroken) this.isStopped = true;
    this.ports.log.error(
      { error },
      isBroken ? 'the ledger is not written any more' : 'the ledger could not be written',
    );
  }
}
