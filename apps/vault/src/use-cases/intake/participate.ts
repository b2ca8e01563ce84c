import { DomainError, type Instant } from '#kernel';
import { getOrganisation, type joinTender, type RequestOf, type ResponseOf } from '#contracts';
import type { Call } from '#service';
import { requireOpen } from '../../domain/sealed-tender.js';
import type { LineOf, VaultTransaction } from '../vault.port.js';
import type { VaultPorts } from '../vault-ports.js';

/** The organisation that a bidder acts for. */
export function organisationOf({ actor }: Call): string {
  const organisationId = actor?.organisationId;
  if (!organisationId)
    throw new DomainError('access.denied', 'This is for people of a bidding organisation.');
  return organisationId;
}

/** Every list of this many bids, with the longest names, fits its entries and messages: `bids-at-the-limit.spec.ts`. */
export const PARTICIPATIONS_MAX = 5_000;

/** An approved organisation takes part. To join again changes nothing. */
export async function join(
  { vault, requests }: VaultPorts,
  { tenderId }: RequestOf<typeof joinTender>,
  call: Call,
): Promise<ResponseOf<typeof joinTender>> {
  const organisationId = organisationOf(call);
  await requireApproved(requests, organisationId, call);
  return vault.transact(call, async (tx) => {
    const tender = await tx.loadTender(tenderId, 'intake');
    const now = await tx.clock();
    requireOpen(tender, now);
    return participate(tx, { tenderId, organisationId }, now, call);
  });
}

/** Throws `organisation.not-approved`. */
export async function requireApproved(
  requests: VaultPorts['requests'],
  organisationId: string,
  call: Call,
): Promise<void> {
  const { status } = await requests.ask(getOrganisation, { organisationId }, call);
  if (status !== 'approved') {
    throw new DomainError('organisation.not-approved', 'Only approved organisations take part.');
  }
}

/** Takes part, if that is new. Throws `participation.full`. */
export async function participate(
  tx: VaultTransaction,
  { tenderId, organisationId }: LineOf,
  now: Instant,
  call: Call,
): Promise<{ readonly joinedAt: Instant }> {
  const joined = await tx.lockParticipation(tenderId, organisationId);
  if (joined) return joined;
  if ((await tx.countParticipations(tenderId)) >= PARTICIPATIONS_MAX) {
    throw new DomainError('participation.full', `At most ${PARTICIPATIONS_MAX} organisations take part.`);
  }
  await tx.addParticipation(tenderId, organisationId, now);
  await tx.seal({ type: 'participation-begun', tenderId, actorId: call.actorId, data: { organisationId } });
  return { joinedAt: now };
}
