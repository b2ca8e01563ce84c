import { addMs, type Instant, instantFromMs, instantToMs, utf8 } from '#kernel';
import { type Attempt, wordsOf } from './probe-finding.js';
import { retentionEnd } from './retention-end.js';
import type { S3Place } from './s3-client.js';
import { isMissing } from './s3-errors.js';
import { type RetentionToSet, type S3Retention, s3RetentionOf, s3SetRetention } from './s3-retention.js';

type Outcome = ReturnType<Attempt>;

/** The first that a server takes: some ask for a day at least. */
const LOCKS_MS = [20_000, 25 * 60 * 60_000];
const EXTENSION_MS = 5_000;
/** Near its end a lock proves nothing any more. */
const MARGIN_MS = 2_000;
const KEPT = 'first';

/** An object that is locked for a short while, to be attacked. */
export interface LockedObject extends S3Place {
  readonly key: string;
  readonly versionId: string;
  readonly until: Instant;
  /** How far the server's clock is ahead of ours; locks end by the server's. */
  readonly aheadMs: number;
}

/** Locks an object for as short as the server lets. Throws where it lets not at all. */
export async function lockObject(place: S3Place, key: string): Promise<LockedObject> {
  const { client, bucket } = place;
  const { versionId } = await client.putObject(bucket, key, Buffer.from(utf8(KEPT)));
  if (!versionId) throw new Error('the server keeps no versions');
  const aheadMs = await serverAhead(place, key);
  const byDefault = await s3RetentionOf(place, key, versionId);
  if (byDefault?.mode === 'COMPLIANCE') return { ...place, key, versionId, until: byDefault.until, aheadMs };
  let refusal: unknown;
  for (const lockMs of LOCKS_MS) {
    const until = retentionEnd(addMs(instantFromMs(Date.now() + aheadMs), lockMs));
    try {
      await s3SetRetention(place, key, { versionId, until, governanceBypass: byDefault !== undefined });
      return { ...place, key, versionId, until, aheadMs };
    } catch (error) {
      refusal ??= error;
    }
  }
  throw refusal;
}

/** The lock that was asked for is the one that the server tells. */
export async function lockShows(locked: LockedObject): Outcome {
  return judgedEnd(await s3RetentionOf(locked, locked.key, locked.versionId), locked.until);
}

/** One version, named, by itself and in a list of many. */
export async function deletion(locked: LockedObject): Outcome {
  const { client, bucket, key, versionId } = locked;
  const single = await answerTo(() => client.removeObject(bucket, key, { versionId }));
  const many = await answerTo(() => client.removeObjects(bucket, [{ name: key, versionId }]));
  return judged(locked, await isKept(locked), `${single}; in a list: ${many}`);
}

export async function bypassedDeletion(locked: LockedObject): Outcome {
  const { client, bucket, key, versionId } = locked;
  const answer = await answerTo(() =>
    client.removeObject(bucket, key, { versionId, governanceBypass: true }),
  );
  return judged(locked, await isKept(locked), answer);
}

/** Sooner, sooner with a bypass, and in the weaker mode. What the server says matters less than what it holds after. */
export async function shortening(locked: LockedObject): Outcome {
  const { key, versionId, until, aheadMs } = locked;
  const sooner = retentionEnd(instantFromMs(Date.now() + aheadMs + MARGIN_MS));
  const attempts: Omit<RetentionToSet, 'versionId'>[] = [
    { until: sooner },
    { until: sooner, governanceBypass: true },
    { until, mode: 'GOVERNANCE', governanceBypass: true },
  ];
  const answers: string[] = [];
  for (const attempt of attempts) {
    answers.push(await answerTo(() => s3SetRetention(locked, key, { ...attempt, versionId })));
  }
  const set = await s3RetentionOf(locked, key, versionId);
  const isUnchanged = set?.mode === 'COMPLIANCE' && set.until >= until;
  return judged(locked, isUnchanged, answers.join('; '));
}

export async function extension(locked: LockedObject): Outcome {
  const { key, versionId } = locked;
  const until = addMs(locked.until, EXTENSION_MS);
  await s3SetRetention(locked, key, { versionId, until });
  return judgedEnd(await s3RetentionOf(locked, key, versionId), until);
}

/** Other bytes over it, and then a mark of deletion; both are taken away again. */
export async function overwriting(locked: LockedObject): Outcome {
  const { client, bucket, key } = locked;
  await client.putObject(bucket, key, Buffer.from(utf8('later')));
  const afterPut = await isKept(locked);
  await client.removeObject(bucket, key);
  const afterDelete = await isKept(locked);
  const detail =
    afterPut && afterDelete ? 'the first version can still be read' : 'the first version is gone';
  return judged(locked, afterPut && afterDelete, detail);
}

function judgedEnd(set: S3Retention | undefined, until: Instant): Awaited<Outcome> {
  const isHeld = set?.mode === 'COMPLIANCE' && set.until >= until;
  return [isHeld ? 'holds' : 'fails', set ? `${set.mode} until ${set.until}` : 'no retention at all'];
}

/** A lock that has run out while we tried proves nothing against the server. */
function judged({ until, aheadMs }: LockedObject, isHeld: boolean, detail: string): Awaited<Outcome> {
  if (isHeld) return ['holds', detail];
  const isLocked = Date.now() + aheadMs < instantToMs(until) - MARGIN_MS;
  return isLocked ? ['fails', detail] : ['cannot-tell', `the lock ran out before the answer: ${detail}`];
}

async function isKept({ client, bucket, key, versionId }: LockedObject): Promise<boolean> {
  try {
    const body = await client.getObject(bucket, key, { versionId });
    return Buffer.concat((await body.toArray()) as Uint8Array[]).toString() === KEPT;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** From the Date of an answer, to the second. */
async function serverAhead({ client, bucket }: S3Place, key: string): Promise<number> {
  const answer = (await client.getObject(bucket, key)) as unknown as {
    headers?: { date?: string };
    destroy(): void;
  };
  answer.destroy();
  const serverMs = Date.parse(answer.headers?.date ?? '');
  return Number.isNaN(serverMs) ? 0 : serverMs - Date.now();
}

/** What the server said, in its words; a list answers with what it refused. */
async function answerTo(attempt: () => Promise<unknown>): Promise<string> {
  try {
    const refused = await attempt();
    return Array.isArray(refused) && refused.length > 0 ? wordsOf(wordsOfList(refused[0])) : 'answered yes';
  } catch (error) {
    return wordsOf(error);
  }
}

function wordsOfList(refused: unknown): { code?: string; message?: string } {
  const { Code: code, Message: message } = refused as { Code?: string; Message?: string };
  return { ...(code === undefined ? {} : { code }), ...(message === undefined ? {} : { message }) };
}
