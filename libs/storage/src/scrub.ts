import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDomainError } from '#kernel';
import type { ObjectStore, Stored } from './object-store.port.js';

export interface ExpectedObject extends Stored {
  readonly key: string;
}

export interface ScrubFault {
  readonly key: string;
  /** Other bytes; no object; the store did not give them, whole, this time. */
  readonly kind: 'altered' | 'missing' | 'unreadable';
  readonly expected: Stored;
  /** What stands there instead, where bytes were altered. */
  readonly found?: Stored;
  /** Why they could not be read. */
  readonly cause?: string;
}

export interface ScrubOptions {
  /** 32 MiB/s: a scrub gives way to bids. */
  readonly bytesPerSecondMax?: number;
  /** So many in a row that cannot be read are a store that is down: it ends then. 50. */
  readonly unreadableMax?: number;
  /** Ends it after the object that is being read. */
  readonly signal?: AbortSignal;
}

export interface ScrubResult {
  readonly checked: number;
  readonly altered: number;
  readonly missing: number;
  readonly unreadable: number;
  readonly bytes: number;
  /** Every expected object was looked at. */
  readonly isComplete: boolean;
}

const BYTES_PER_SECOND_MAX = 32 * 1024 * 1024;
const UNREADABLE_MAX = 50;

/**
 * Reads every expected object again, whole and as a stream, and compares length and SHA-256. `onFault` is told of each
 * that is not what it was, one after the other; what it throws ends the scrub. Memory does not grow with the objects.
 */
export async function scrub(
  store: Pick<ObjectStore, 'get'>,
  expected: AsyncIterable<ExpectedObject>,
  onFault: (fault: ScrubFault) => void | Promise<void>,
  options: ScrubOptions = {},
): Promise<ScrubResult> {
  const { bytesPerSecondMax = BYTES_PER_SECOND_MAX, unreadableMax = UNREADABLE_MAX, signal } = options;
  const pace = new Pace(bytesPerSecondMax);
  const counts = { checked: 0, altered: 0, missing: 0, unreadable: 0 };
  let unreadInARow = 0;
  const result = (isComplete: boolean): ScrubResult => ({ ...counts, bytes: pace.bytes, isComplete });
  for await (const object of expected) {
    if (signal?.aborted || unreadInARow >= unreadableMax) return result(false);
    const fault = await faultOf(store, object, pace);
    counts.checked += 1;
    unreadInARow = fault?.kind === 'unreadable' ? unreadInARow + 1 : 0;
    if (!fault) continue;
    counts[fault.kind] += 1;
    await onFault(fault);
  }
  return result(true);
}

async function faultOf(
  store: Pick<ObjectStore, 'get'>,
  { key, ...expected }: ExpectedObject,
  pace: Pace,
): Promise<ScrubFault | undefined> {
  try {
    const found = await measure(store, key, pace);
    const isSame = found.size === expected.size && found.sha256 === expected.sha256;
    return isSame ? undefined : { key, kind: 'altered', expected, found };
  } catch (error) {
    if (!isDomainError(error)) throw error;
    if (error.code === 'object.not-found') return { key, kind: 'missing', expected };
    return { key, kind: 'unreadable', expected, cause: String(error.details['cause'] ?? error.code) };
  }
}

async function measure(store: Pick<ObjectStore, 'get'>, key: string, pace: Pace): Promise<Stored> {
  const hash = createHash('sha256');
  let size = 0;
  const { body } = await store.get(key);
  for await (const chunk of body) {
    hash.update(chunk);
    size += chunk.length;
    await pace.took(chunk.length);
  }
  return { sha256: hash.digest('hex'), size };
}

/** No more than so many bytes a second on the whole, from the first byte on. */
class Pace {
  bytes = 0;
  private readonly startedAt = performance.now();

  constructor(private readonly bytesPerSecondMax: number) {}

  async took(bytes: number): Promise<void> {
    this.bytes += bytes;
    const dueMs = (this.bytes / this.bytesPerSecondMax) * 1000;
    const aheadMs = dueMs - (performance.now() - this.startedAt);
    if (aheadMs > 1) await sleep(aheadMs);
  }
}
