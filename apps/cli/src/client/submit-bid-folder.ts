import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '#kernel';
import { submitBid } from '#contracts';
import type { ApiClient } from './api-client.js';
import type { BidRecord } from './bid-folder.js';
import type { Receipt } from './bidder.js';
import { sendEnvelope } from './send-envelope.js';

/** How long a bidder waits for the platform's promise before turning to the mailbox. */
export const PROMISE_WITHIN_MS = 10_000;

/** The platform gave no promise in time. Whether it has the bid is unknown. */
export class NoPromise extends Error {}

/**
 * Commits to a sealed bid: with the promise it is in time. Throws {@link NoPromise} where the platform says nothing
 * within ten seconds, and its refusal where it refuses.
 */
export async function commitToBid(
  api: ApiClient,
  { tenderId, envelopes }: BidRecord,
  withinMs = PROMISE_WITHIN_MS,
): Promise<Receipt> {
  const waiting = new AbortController();
  const promised = api.call(submitBid, { tenderId, manifests: envelopes.map(({ jws }) => jws) });
  const tooLong = sleep(withinMs, undefined, { signal: waiting.signal }).then(() => {
    throw new NoPromise(`no promise within ${withinMs / 1_000} s`);
  });
  try {
    return await Promise.race([promised, tooLong]);
  } catch (error) {
    if (error instanceof DomainError && error.code !== 'internal.error') throw error;
    if (error instanceof NoPromise) throw error;
    throw new NoPromise(`the platform gave no promise: ${(error as Error).message}`, { cause: error });
  } finally {
    waiting.abort();
    tooLong.catch(() => undefined);
    promised.catch(() => undefined);
  }
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
