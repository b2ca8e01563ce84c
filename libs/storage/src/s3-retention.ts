import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Instant, instantFromMs } from '#kernel';
import { codeOf } from './error-code.js';
import { isOver, retentionEnd } from './retention-end.js';
import type { S3Place } from './s3-client.js';
import { isUnlocked, onServer, s3Error } from './s3-errors.js';

const ATTEMPTS_MAX = 8;
const PAUSE_MS = 20;

export interface S3Retention {
  /** COMPLIANCE binds everyone; GOVERNANCE can be lifted by whoever has the right to. */
  readonly mode: 'COMPLIANCE' | 'GOVERNANCE';
  readonly until: Instant;
}

/** What the server holds for a version; undefined where nothing was set. */
export function s3RetentionOf(
  { client, bucket }: S3Place,
  key: string,
  versionId: string,
): Promise<S3Retention | undefined> {
  return onServer(key, async () => {
    try {
      const set = await client.getObjectRetention(bucket, key, { versionId });
      const unixMs = Date.parse(String(set?.retainUntilDate));
      if (Number.isNaN(unixMs)) return undefined;
      const mode = String(set?.mode) === 'COMPLIANCE' ? 'COMPLIANCE' : 'GOVERNANCE';
      return { mode, until: instantFromMs(unixMs) };
    } catch (error) {
      if (isUnlocked(error)) return undefined;
      throw error;
    }
  });
}

/**
 * COMPLIANCE until then at least, read back from the server: an end that was set before is never brought forward, and
 * one in the past is not set. Where others set theirs at the same moment, a server refuses, aborts or loses one of them;
 * what counts is the end that it tells in the end.
 */
export async function s3Retain(
  place: S3Place,
  key: string,
  versionId: string,
  until: Instant,
): Promise<void> {
  const end = retentionEnd(until);
  if (isOver(end)) return;
  let refusal: unknown;
  for (let attempt = 0; attempt <= ATTEMPTS_MAX; attempt += 1) {
    const set = await s3RetentionOf(place, key, versionId);
    if (set?.mode === 'COMPLIANCE' && set.until >= end) return;
    // A bucket may lock by itself, in a mode that can be lifted, and for longer.
    const later = set !== undefined && set.until > end ? set.until : end;
    try {
      await s3SetRetention(place, key, { versionId, until: later, governanceBypass: set !== undefined });
    } catch (error) {
      // What did not answer once in all that time is not asked again.
      if (codeOf(error) === 'RequestTimeout') throw s3Error(error, key);
      refusal = error;
      await sleep(randomInt(PAUSE_MS * (attempt + 1)));
    }
  }
  throw s3Error(refusal ?? { code: 'RetentionNotKept' }, key);
}

export interface RetentionToSet {
  readonly versionId: string;
  readonly until: Instant;
  readonly mode?: S3Retention['mode'];
  readonly governanceBypass?: boolean;
}

/** As the server takes it. The client's own type wants an enumeration that its package does not export as a type. */
export async function s3SetRetention(
  { client, bucket }: S3Place,
  key: string,
  { versionId, until, mode = 'COMPLIANCE', governanceBypass = false }: RetentionToSet,
): Promise<void> {
  const asked = { mode, retainUntilDate: until, versionId, governanceBypass };
  await client.putObjectRetention(bucket, key, asked as never);
}
