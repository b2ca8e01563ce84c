import { DomainError, isDomainError } from '#kernel';
import type { RequestOf, submitMailboxLog } from '#contracts';
import { type MailboxProof, type MailboxTestimony, verifyMailboxReceipt } from '#ledger';
import type { Manifest, WithdrawManifest } from '#sealing';
import type { Call } from '#service';
import { requireAllEnvelopes } from '../../domain/bid-act.js';
import type { ReceivedAct } from '../../domain/commit-decision.js';
import type { SealedTender } from '../../domain/sealed-tender.js';
import type { VaultPorts } from '../vault-ports.js';
import { requireApproved } from './participate.js';
import { readForms, readSignatures } from './read-manifest.js';

export type UnreadClaim = RequestOf<typeof submitMailboxLog>['claims'][number];

/** Manifests that the tender's mailbox provably had, as one act of the bidder who signed them. */
export interface Claim {
  readonly act: ReceivedAct;
  readonly testimony: MailboxTestimony;
  /** What proves it, to be shown with the act. */
  readonly proof: MailboxProof;
}

/**
 * Whatever is wrong with a claim by itself: its receipt is not of the mailbox with this key or is for other manifests
 * (`mailbox.receipt-invalid`), another tender (`manifest.other-tender`), what a bidder's own manifests are refused
 * for. A bidder hands over what is the own organisation's (`bid.other-organisation`), a supervisor what is anybody's.
 */
export async function readClaim(
  ports: VaultPorts,
  tender: SealedTender,
  key: string,
  { manifests, receipt }: UnreadClaim,
  call: Call,
): Promise<Claim> {
  const untrusted = readJson(receipt);
  const testimony = verifyMailboxReceipt(untrusted, key);
  if (testimony.tid !== tender.tid) {
    throw new DomainError('manifest.other-tender', 'The mailbox had it for another tender.');
  }
  const signed = await readSignatures(ports, manifests, testimony.receivedAt);
  const { organisationId, organisationName } = signed.owner;
  const isForAnybody = call.actor?.roles.includes('supervisor') ?? false;
  if (!isForAnybody && organisationId !== call.actor?.organisationId) {
    throw new DomainError('bid.other-organisation', 'It is of another organisation than yours.');
  }
  const { certificateSha256 } = signed;
  const kind = (signed.payloads[0] as { kind?: unknown }).kind === 'withdraw' ? 'withdraw' : 'seal';
  const read = readForms<Manifest | WithdrawManifest>(tender, kind, signed);
  requireSame(testimony, { certificateSha256, read });
  if (kind === 'seal') {
    const sealed = read.map(({ manifest }) => manifest as Manifest);
    requireAllEnvelopes(tender.descriptor.envelopes, sealed);
  }
  await requireApproved(ports.requests, organisationId, call);
  const { tenderId } = tender;
  const act = { tenderId, organisationId, organisationName, certificateSha256, kind, read } as const;
  const { reveal, proof } = untrusted as MailboxProof;
  return { act, testimony, proof: { reveal, proof } };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new DomainError('mailbox.receipt-invalid', 'The receipt is no JSON.');
  }
}

function requireSame(
  { manifestSha256, bidderCertSha256, seq }: MailboxTestimony,
  { certificateSha256, read }: Pick<ReceivedAct, 'certificateSha256' | 'read'>,
): void {
  const digests = read.map(({ signed }) => signed.sha256);
  const isSame =
    digests.join() === manifestSha256.join() &&
    bidderCertSha256 === certificateSha256 &&
    read.every(({ manifest }) => manifest.seq === seq);
  if (!isSame) throw new DomainError('mailbox.receipt-invalid', 'The receipt is for other manifests.');
}

/** The refusal's code; anything else is thrown on. */
export function codeOf(error: unknown): string {
  if (!isDomainError(error) || error.code.endsWith('.unavailable')) throw error;
  return error.code;
}
