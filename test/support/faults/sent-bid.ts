import { randomUUID } from 'node:crypto';
import { fromBase64Url, fromUtf8, toHex } from '#kernel';
import { type Manifest, manifestDigest } from '#sealing';
import type { Bidder, Receipt } from '../../../apps/cli/src/client/bidder.js';

/** One act as its sender knows it before it is sent. */
export interface SentBid {
  readonly bidder: Pick<Bidder, 'api' | 'identity'>;
  readonly tenderId: string;
  readonly key: string;
  /** Signed manifests. */
  readonly manifests: readonly string[];
}

/** What came back for it. */
export interface Answered {
  readonly status: number;
  readonly receipt?: Receipt;
  readonly code?: string;
  /** The platform's time that a refusal names. */
  readonly now?: string;
}

export const newBid = (
  bidder: SentBid['bidder'],
  tenderId: string,
  manifests: readonly string[],
): SentBid => ({ bidder, tenderId, manifests, key: randomUUID() });

export const manifestIn = (jws: string): Manifest =>
  JSON.parse(fromUtf8(fromBase64Url(jws.split('.')[1]!))) as Manifest;

/** Names what was signed, as the platform keeps it. */
export const digestsOf = (manifests: readonly string[]): string[] =>
  manifests.map((jws) => toHex(manifestDigest(manifestIn(jws))));

/** Sends it once. Rejects where no answer came: then its sender does not know what became of it. */
export async function sendBid(
  { bidder, tenderId, key, manifests }: SentBid,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answered> {
  const { api } = bidder;
  const response = await fetch(`${api.address}/api/v1/tenders/${tenderId}/bids`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': key,
      ...api.sessionHeaders(),
      ...headers,
    },
    body: JSON.stringify({ manifests }),
  });
  const { status } = response;
  const body = (await response.json()) as { code?: string; details?: { now?: string } };
  if (response.ok) return { status, receipt: body as unknown as Receipt };
  const now = body.details?.now;
  return { status, ...(body.code ? { code: body.code } : {}), ...(now ? { now } : {}) };
}
