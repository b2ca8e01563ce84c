import { setTimeout as sleep } from 'node:timers/promises';
import { fromHex, isDomainError } from '#kernel';
import { type TimestampAuthority, verifyTimestamp } from '#pki';
import type { Log } from '#service';
import {
  backOffMs,
  STAMP_LEASE_MS,
  STAMP_TIMEOUT_MS,
  STAMPS_AT_ONCE,
} from '../../domain/stamping/stamp-back-off.js';
import type { Stamps, WaitingStamp } from './stamps.port.js';

/** The authority that was configured, and the root that its stamps lead to. */
export interface StampingAuthority {
  readonly authority: TimestampAuthority;
  readonly authorityPem: string;
}

export interface StampWorkerParts extends StampingAuthority {
  readonly stamps: Stamps;
  readonly log: Log;
  /** How often it looks for promises while there is nothing to do. */
  readonly lookEveryMs?: number;
  /** How long a pause is after so many failures. */
  readonly pauseMs?: (failures: number) => number;
  readonly leaseMs?: number;
}

const LOOK_EVERY_MS = 250;

/**
 * Has promises stamped that were given before, some at once, until it is stopped; intake never waits for it. A
 * promise leaves the queue with its stamp alone: an authority that is down, slow, or answers wrongly is asked again,
 * ever more rarely, with one promise at a time until it answers rightly. It goes on after a kill: what was taken is
 * due again when its lease is over.
 */
export class StampWorker {
  private readonly stopped = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private failures = 0;

  constructor(private readonly parts: StampWorkerParts) {}

  start(): void {
    this.running = this.run();
  }

  /** Ends exchanges that are under way, puts their promises back, and resolves when nothing more is done. */
  async stop(): Promise<void> {
    this.stopped.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { lookEveryMs = LOOK_EVERY_MS, pauseMs = backOffMs, log } = this.parts;
    while (!this.stopped.signal.aborted) {
      let isBusy = false;
      try {
        isBusy = await this.stampSome();
      } catch (error) {
        this.failures += 1;
        log.warn({ error }, 'promises could not be stamped now; again later');
      }
      const pause = isBusy ? 0 : lookEveryMs;
      await this.rest(this.failures > 0 ? Math.max(lookEveryMs, pauseMs(this.failures)) : pause);
    }
  }

  private async rest(ms: number): Promise<void> {
    if (ms > 0) await sleep(ms, undefined, { signal: this.stopped.signal }).catch(() => undefined);
  }

  /** Whether there may be more. */
  private async stampSome(): Promise<boolean> {
    const { stamps, leaseMs = STAMP_LEASE_MS } = this.parts;
    const taken = await stamps.take(this.failures > 0 ? 1 : STAMPS_AT_ONCE, leaseMs);
    const outcomes = await Promise.allSettled(taken.map((one) => this.stampOne(one)));
    const broken = outcomes.find((outcome) => outcome.status === 'rejected');
    if (broken) throw broken.reason;
    const failed = outcomes.filter((outcome) => outcome.status === 'fulfilled' && outcome.value !== null);
    const codes = failed.map((outcome) => (outcome as PromiseFulfilledResult<string>).value);
    if (taken.length > 0 && !this.stopped.signal.aborted) await this.note(codes);
    return taken.length > 0;
  }

  /** Null where it was stamped, else the code of what went wrong. */
  private async stampOne(waiting: WaitingStamp): Promise<string | null> {
    const { stamps, authority, authorityPem } = this.parts;
    const { signal } = this.stopped;
    const sha256 = fromHex(waiting.promiseSha256);
    try {
      const token = await authority.stamp(sha256, signal);
      const { genTime } = await verifyTimestamp({ token, sha256, authorityPem });
      await stamps.keep(waiting, { token, genTime, authorityPem });
      return null;
    } catch (error) {
      if (!isDomainError(error) || !error.code.startsWith('timestamp.')) throw error;
      const isOurs = signal.aborted;
      await stamps.putBack(waiting, isOurs ? 0 : backOffMs(waiting.attempts), isOurs ? null : error.code);
      return error.code;
    }
  }

  /** Counts failures in a row and says when that changes; the longer it lasts, the more rarely. */
  private async note(codes: readonly string[]): Promise<void> {
    const { log, stamps } = this.parts;
    const [code] = codes;
    if (code === undefined) {
      if (this.failures > 0) log.info('the time-stamp authority answers again');
      this.failures = 0;
      return;
    }
    this.failures += 1;
    const waiting = await stamps.countWaiting();
    log.warn(
      { code, waiting, failures: this.failures },
      'the time-stamp authority gives no stamp; again later',
    );
  }
}

/**
 * Asks the authority once, for a stamp of nothing. It being away is a warning: promises wait for it. Throws
 * `certificate.malformed` where the file with its certificate holds none.
 */
export async function tryAuthority(
  { authority, authorityPem }: StampingAuthority,
  {
    random,
    log,
    signal,
  }: { readonly random: (length: number) => Uint8Array; readonly log: Log; readonly signal?: AbortSignal },
): Promise<boolean> {
  const sha256 = random(32);
  try {
    const token = await authority.stamp(sha256, signal);
    const { genTime, policy } = await verifyTimestamp({ token, sha256, authorityPem });
    log.info({ genTime, policy, timeoutMs: STAMP_TIMEOUT_MS }, 'the time-stamp authority answers');
    return true;
  } catch (error) {
    if (!isDomainError(error) || !error.code.startsWith('timestamp.')) throw error;
    const { code, message } = error;
    log.warn({ code, message }, 'the time-stamp authority gives no stamp now; promises wait for it');
    return false;
  }
}
