import { type explainOffer as explainContract, getTender, type RequestOf, type ResponseOf } from '#contracts';
import type { Call, Requests } from '#service';
import { explainOffer, requireExplained } from '../domain/explain-offer.js';
import type { Bills } from './bills.port.js';
import type { Evaluations } from './evaluations.port.js';

/** What an explanation is made from; the stage is tendering's to tell. */
export abstract class ExplanationPorts {
  abstract readonly evaluations: Evaluations;
  abstract readonly bills: Bills;
  abstract readonly requests: Requests;
}

/** Throws `tender.unknown`, `scoring.not-locked`, `tender.wrong-stage`, `bid.unknown`. */
export async function explainBid(
  { evaluations, bills, requests }: ExplanationPorts,
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
