import { type explainOffer as explainContract, getTender, type RequestOf, type ResponseOf } from '#contracts';
import type { Call } from '#service';
import { explainOffer, requireExplained } from '../domain/explain-offer.js';
import type { EvaluationPorts } from './evaluation-ports.js';

/** The stage is tendering's to tell. Throws `tender.unknown`, `scoring.not-locked`, `tender.wrong-stage`, `bid.unknown`. */
export async function explainBid(
  { evaluations, bills, requests }: EvaluationPorts,
  { tenderId, alias, language }: RequestOf<typeof explainContract>,
  { actor }: Call,
): Promise<ResponseOf<typeof explainContract>> {
  const evaluation = await evaluations.get(tenderId);
  const { stage } = await requests.ask(getTender, { tenderId });
  const has = (role: 'buyer' | 'bidder' | 'supervisor'): boolean => actor?.roles.includes(role) ?? false;
  const owner = has('bidder') ? await bills.ownerOf(tenderId, alias) : null;
  const isBuyer = has('buyer') && (await bills.buyerOf(tenderId)) === actor?.personId;
  requireExplained(evaluation, {
    stage,
    isOwner: owner !== null && owner === actor?.organisationId,
    isOverseer: isBuyer || has('supervisor'),
  });
  return { alias, ...explainOffer(evaluation, alias, language) };
}
