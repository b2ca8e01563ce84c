import { DomainError, type Uuid } from '#kernel';
import type { Call } from '#service';
import type { Bills } from './bills.port.js';

const unknownTender = (tenderId: Uuid): DomainError =>
  new DomainError('tender.unknown', `There is no tender ${tenderId} with reports for you.`, { tenderId });

/** The buyer of the tender and supervision see all; whom `own` names sees what is about it. Throws `tender.unknown`. */
export async function requireReader(
  bills: Bills,
  tenderId: Uuid,
  { actor }: Call,
  own: Uuid | null,
): Promise<'all' | 'own'> {
  const isOwner = own !== null && actor?.roles.includes('bidder') && actor.organisationId === own;
  if (actor?.roles.includes('supervisor') || (await isBuyer(bills, tenderId, actor))) return 'all';
  if (isOwner) return 'own';
  throw unknownTender(tenderId);
}

/** Throws `tender.unknown`. */
export async function requireBuyer(bills: Bills, tenderId: Uuid, { actor }: Call): Promise<void> {
  if (!(await isBuyer(bills, tenderId, actor))) throw unknownTender(tenderId);
}

export const unknownBid = (alias: string): DomainError =>
  new DomainError('bid.unknown', `There is no bid ${alias} for you.`, { alias });

/** Of the bid behind an alias. Throws `bid.unknown`, the same for an alias of others and of nobody. */
export async function requireBidder(
  bills: Bills,
  tenderId: Uuid,
  alias: string,
  { actor }: Call,
): Promise<void> {
  const owner = await bills.ownerOf(tenderId, alias);
  if (owner === null || actor?.organisationId !== owner) throw unknownBid(alias);
}

const isBuyer = async (bills: Bills, tenderId: Uuid, actor: Call['actor']): Promise<boolean> =>
  actor?.roles.includes('buyer') === true && (await bills.buyerOf(tenderId)) === actor.personId;
