import { DomainError, isBefore } from '#kernel';
import { type MailboxTestimony, verifyMailboxProof } from '#ledger';
import type { TenderDescriptor } from '#sealing';

/** The data of an act as the ledger shows it, as far as they matter here. */
export interface ShownAct {
  readonly tid?: unknown;
  readonly seq?: unknown;
  readonly manifests?: readonly { readonly sha256: string }[];
  readonly mailbox?: unknown;
}

const refusal = (message: string): DomainError => new DomainError('mailbox.receipt-invalid', message);

/**
 * What the tender's mailbox says of an act that the platform took from its log: that it had these very manifests
 * before the deadline. Null for an act that came to the platform itself. Throws `mailbox.receipt-invalid` where that
 * does not hold, or where the tender names no mailbox.
 */
export function mailboxOf(data: ShownAct, descriptor: TenderDescriptor): MailboxTestimony | null {
  if (data.mailbox === undefined) return null;
  const key = descriptor.rules['mailboxKey'];
  if (typeof key !== 'string') throw refusal('It came from a mailbox, but the tender names none.');
  const testimony = verifyMailboxProof(data.mailbox, key);
  const digests = (data.manifests ?? []).map(({ sha256 }) => sha256);
  const isSame =
    testimony.tid === data.tid &&
    testimony.seq === data.seq &&
    testimony.manifestSha256.join() === digests.join() &&
    testimony.receivedAt === (data.mailbox as { receivedAt?: unknown }).receivedAt;
  if (!isSame) throw refusal('The mailbox had something else.');
  if (!isBefore(testimony.receivedAt, descriptor.deadlineAt)) {
    throw refusal(`The mailbox had it at ${testimony.receivedAt}, which was not before the deadline.`);
  }
  return testimony;
}
