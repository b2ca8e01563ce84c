import { instantFromMs, instantToMs } from '#kernel';
import type { Log } from '#service';
import type { LowerCentre, LowerCentres, LowerNews } from './lower-centre.js';
import { lookAtLower } from './look-at-lower.js';

/**
 * Follows the ledger of a centre below: enters each new checkpoint of it that continues the last, and raises an alarm
 * where it was rewound, forked, is not signed by its key, or has given no sign of life for `silentAfterMs` of this
 * process's clock. What is found wrong is told once, and once more when it is over; the look goes on in every case.
 */
export class LowerWatch {
  /** The latest time that the lower ledger signed, where that was not far from the time here. */
  private heardAtMs: number;

  constructor(
    readonly centre: LowerCentre,
    private readonly rows: LowerCentres,
    private readonly silentAfterMs: number,
    private readonly log: Log,
    /** Silence counts from here. */
    startedAtMs: number,
  ) {
    this.heardAtMs = startedAtMs;
  }

  async look(nowMs: number): Promise<void> {
    const { centre, rows } = this;
    const known = await rows.head(centre.origin);
    const seen = await lookAtLower(centre, known);
    if (seen.kind === 'fault') return this.raise(seen);
    if (seen.kind === 'sound') {
      const { head, heartbeatAt } = seen;
      this.hear(instantToMs(heartbeatAt), nowMs);
      if (!known || head.size > known.size) await rows.enter(centre, known?.size, { ...head, heartbeatAt });
    }
    if (nowMs - this.heardAtMs > this.silentAfterMs) {
      const evidence = {
        heardAt: instantFromMs(this.heardAtMs),
        silentAfterMs: this.silentAfterMs,
        reason: seen.kind === 'unread' ? seen.reason : `its last heartbeat says ${seen.heartbeatAt}`,
        size: known?.size ?? null,
      };
      await this.raise({ fault: 'lower-centre-silent', evidence });
    } else if (seen.kind === 'sound') {
      await rows.tell(centre, { kind: 'sound' });
    }
  }

  private async raise({
    fault,
    evidence,
  }: Omit<Extract<LowerNews, { kind: 'alarm' }>, 'kind'>): Promise<void> {
    const { origin, regionCode } = this.centre;
    if (await this.rows.tell(this.centre, { kind: 'alarm', fault, evidence }))
      this.log.error({ origin, regionCode, fault, evidence }, 'the ledger of a lower centre is not sound');
  }

  /** A heartbeat that was kept back, or signed for the future, is none. */
  private hear(atMs: number, nowMs: number): void {
    if (Math.abs(nowMs - atMs) <= this.silentAfterMs) this.heardAtMs = Math.max(this.heardAtMs, atMs);
  }
}
