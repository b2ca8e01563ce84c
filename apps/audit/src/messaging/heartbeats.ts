import type { AuditPorts } from '../use-cases/audit-ports.js';
import { publishHeartbeat } from '../use-cases/publish-heartbeat.js';

/** The signed time of a ledger, while its writer has the turn. The writing waits for none of it. */
export class Heartbeats {
  private dueAtMs = 0;
  private beating: Promise<void> | undefined;

  constructor(
    private readonly ports: AuditPorts,
    private readonly everyMs: number,
  ) {}

  /** Called by the writer at every turn; signs when it is time. */
  beat(): void {
    const nowMs = Date.now();
    if (this.beating || nowMs < this.dueAtMs) return;
    this.dueAtMs = nowMs + this.everyMs;
    this.beating = publishHeartbeat(this.ports, nowMs)
      .catch((error: unknown) => this.ports.log.error({ error }, 'the ledger’s heartbeat was not signed'))
      .finally(() => (this.beating = undefined));
  }

  /** Resolves when nothing is being signed. */
  async settled(): Promise<void> {
    await this.beating;
  }
}
