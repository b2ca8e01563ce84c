import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError, type Instant, isDomainError } from '#kernel';
import { type ErrorCode, errorEntry, joinTender, submitBid } from '#contracts';
import type { ApiClient } from './api-client.js';
import type { BidRecord } from './bid-folder.js';
import { handOver, type MailboxClaim } from './hand-over.js';
import { readOwnBid } from './own-bid.js';
import { sendEnvelope } from './send-envelope.js';

/** How long a bidder waits for the platform's promise before turning to the mailbox. */
export const PROMISE_WITHIN_MS = 10_000;

/** The platform gave no promise in time. Whether it has the bid is unknown. */
export class NoPromise extends Error {}

/**
 * Has the platform promise a sealed bid; gives when it received it. A bid that it has already is not sent again; one
 * that is late and that a mailbox had in time is handed over. Throws {@link NoPromise} where the platform says nothing
 * within ten seconds, cannot be reached or cannot do its work, and its refusal where it refuses.
 */
export async function commitToBid(
  signIn: () => Promise<ApiClient>,
  bid: BidRecord,
  claim?: MailboxClaim,
  withinMs = PROMISE_WITHIN_MS,
): Promise<{ readonly api: ApiClient; readonly receivedAt: Instant }> {
  const waiting = new AbortController();
  const promised = signIn().then(async (api) => ({ api, receivedAt: await promiseOf(api, bid, claim) }));
  const tooLong = sleep(withinMs, undefined, { signal: waiting.signal }).then(() => {
    throw new NoPromise(`no promise within ${withinMs / 1_000} s`);
  });
  try {
    return await Promise.race([promised, tooLong]);
  } catch (error) {
    if (error instanceof NoPromise || isRefusal(error)) throw error;
    throw new NoPromise(`the platform gave no promise: ${(error as Error).message}`, { cause: error });
  } finally {
    waiting.abort();
    tooLong.catch(() => undefined);
    promised.catch(() => undefined);
  }
}

/** A refusal is an answer; that something is down or went wrong there is none. */
const isRefusal = (error: unknown): boolean =>
  isDomainError(error) && errorEntry(error.code as ErrorCode).status < 500;

async function promiseOf(api: ApiClient, bid: BidRecord, claim: MailboxClaim | undefined): Promise<Instant> {
  const { tenderId, envelopes, seq } = bid;
  const known = async (): Promise<Instant | undefined> =>
    (await readOwnBid(api, tenderId)).acts.find((act) => act.seq === seq)?.receivedAt;
  const before = await known();
  if (before !== undefined) return before;
  try {
    await api.call(joinTender, { tenderId });
    const manifests = envelopes.map(({ jws }) => jws);
    return (await api.call(submitBid, { tenderId, manifests })).receivedAt;
  } catch (error) {
    if (!isDomainError(error) || error.code !== 'bid.late' || claim === undefined) throw error;
  }
  const [outcome] = await handOver(api, tenderId, [claim]);
  const { code } = outcome!;
  if (code !== null) throw new DomainError(code, 'The platform does not take what the mailbox had.');
  return (await known())!;
}

/** Sends the bodies that are not stored yet. */
export async function sendBodies(
  api: ApiClient,
  folder: string,
  { tenderId, envelopes }: BidRecord,
  onProgress: (envelopeId: string, sent: number, of: number) => void,
): Promise<void> {
  for (const { envelopeId, file, sha256, size } of envelopes) {
    await sendEnvelope({
      api,
      tenderId,
      path: join(folder, file),
      sha256,
      size,
      onProgress: (sent, of) => onProgress(envelopeId, sent, of),
    });
  }
}
