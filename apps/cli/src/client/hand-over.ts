import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LIMITS, type RequestOf, type ResponseOf, submitMailboxLog } from '#contracts';
import type { ApiClient } from './api-client.js';
import { type BidRecord } from './bid-folder.js';
import { MAILBOX_RECEIPT } from './hand-to-mailbox.js';

export type MailboxClaim = RequestOf<typeof submitMailboxLog>['claims'][number];
export type MailboxOutcome = ResponseOf<typeof submitMailboxLog>['outcomes'][number];

/** Hands claims from a mailbox's log over to the platform, in their order; each has an outcome of its own. */
export async function handOver(
  api: ApiClient,
  tenderId: string,
  claims: readonly MailboxClaim[],
): Promise<MailboxOutcome[]> {
  const outcomes: MailboxOutcome[] = [];
  for (let at = 0; at < claims.length; at += LIMITS.mailboxClaimsMax) {
    const part = claims.slice(at, at + LIMITS.mailboxClaimsMax);
    outcomes.push(...(await api.call(submitMailboxLog, { tenderId, claims: part })).outcomes);
  }
  return outcomes;
}

/** What a mailbox gave for the bid in this folder; undefined where it was handed to none. */
export async function claimOf(folder: string, { envelopes }: BidRecord): Promise<MailboxClaim | undefined> {
  try {
    const receipt = await readFile(join(folder, MAILBOX_RECEIPT), 'utf8');
    return { manifests: envelopes.map(({ jws }) => jws), receipt };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

interface ClaimsFile {
  readonly v: 1;
  readonly tid: string;
  readonly claims: readonly { readonly manifests: readonly string[]; readonly receipt: object }[];
}

/** Reads the file that the mailbox's `export` writes. */
export async function readClaims(file: string): Promise<MailboxClaim[]> {
  const { v, claims } = JSON.parse(await readFile(file, 'utf8')) as ClaimsFile;
  if (v !== 1) throw new Error(`${file} holds no claims of a version that is known here`);
  return claims.map(({ manifests, receipt }) => ({
    manifests: [...manifests],
    receipt: JSON.stringify(receipt),
  }));
}
