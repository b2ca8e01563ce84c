import type { OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { AuditPorts } from '../use-cases/audit-ports.js';
import { publishCheckpoint } from '../use-cases/write-ledger.js';
import type { RoundResult, Witnessing } from '../use-cases/witnesses/witnessing.js';

/** How many times longer it waits after a round that found too few witnesses. */
const SLOWER = 4;

export interface WitnessPace {
  readonly everyMs: number;
  /** How often a ledger that does not grow is cosigned anew: else a deadline could fall long before the next time. */
  readonly refreshMs: number;
  /** How long the quorum may be missing before that is entered. */
  readonly patienceMs: number;
}

/** Takes what this process has published to the witnesses, round after round, beside the writing of the ledger. */
export class WitnessClock implements OnModuleInit, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private isStopped = false;
  /** Size at which nothing is left to ask. */
  private settledAt: number | undefined;
  private settledAtMs = 0;
  private missingSinceMs: number | undefined;
  private told: 'missing' | 'met' | undefined;

  constructor(
    private readonly ports: AuditPorts,
    private readonly witnessing: Witnessing,
    private readonly pace: WitnessPace,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.witnessing.begin();
    this.schedule(this.pace.everyMs);
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private schedule(afterMs: number): void {
    if (this.isStopped) return;
    this.timer = setTimeout(() => (this.running = this.tick()), afterMs);
  }

  private async tick(): Promise<void> {
    let isSlow = false;
    try {
      const head = this.witnessing.published;
      const isSettled = head?.size === this.settledAt;
      if (head && (!isSettled || Date.now() - this.settledAtMs >= this.pace.refreshMs)) {
        const publish = (): Promise<void> => publishCheckpoint(this.ports);
        const result = await this.witnessing.round(head, publish, isSettled);
        isSlow = result.witnessedAt === undefined;
        this.settledAt = isSlow ? undefined : head.size;
        this.settledAtMs = Date.now();
        await this.tell(result);
      }
    } catch (error) {
      isSlow = true;
      this.ports.log.error({ error }, 'the witnesses could not be asked');
    }
    this.schedule(this.pace.everyMs * (isSlow ? SLOWER : 1));
  }

  private async tell({ size, witnessedAt, missing }: RoundResult): Promise<void> {
    const { rows, policySha256 } = this.witnessing;
    if (witnessedAt !== undefined) {
      this.missingSinceMs = undefined;
      if (this.told !== 'met') {
        await rows.tell({ type: 'witness-quorum-met', data: { policySha256, size, witnessedAt } });
      }
      this.told = 'met';
      return;
    }
    this.missingSinceMs ??= Date.now();
    if (this.told === 'missing' || Date.now() - this.missingSinceMs < this.pace.patienceMs) return;
    this.ports.log.error({ size, missing }, 'too few witnesses cosign the ledger');
    await rows.tell({ type: 'witness-quorum-missing', data: { policySha256, size, missing: [...missing] } });
    this.told = 'missing';
  }
}
