import { createHash } from 'node:crypto';
import { addMs, DomainError, type Instant, toHex, type Uuid } from '#kernel';
import type {
  askAboutPrice,
  DataOf,
  decidePrice,
  EventEnvelope,
  explainPrice,
  getAbnormalPrices,
  RequestOf,
  ResponseOf,
  tenderResumed,
} from '#contracts';
import type { Call } from '#service';
import type { CommercialEvaluation } from '../domain/commercial-evaluation.js';
import { requireGoingOn } from '../domain/going-on.js';
import {
  ask,
  decide,
  explain,
  isPending,
  type KeptText,
  type PriceClarification,
  prolong,
} from '../domain/price-clarification.js';
import { finish } from './evaluate-offers.js';
import type { EvaluationPorts } from './evaluation-ports.js';
import type { EvaluationEvent, EvaluationTransaction } from './evaluations.port.js';
import { requireBidder, requireBuyer, requireReader, unknownBid } from './require-part.js';

const HOUR_MS = 3_600_000;
/** People act in real time: however fast a demonstration clock runs, they have this long. */
const REAL_MS_MIN = 10 * 60_000;
const SALT_BYTES = 32;

type View = ResponseOf<typeof askAboutPrice>;
const viewOf = (price: PriceClarification): View => ({ ...price, flags: [...price.flags] });

export async function readAbnormalPrices(
  { evaluations, bills }: EvaluationPorts,
  { tenderId }: RequestOf<typeof getAbnormalPrices>,
  call: Call,
): Promise<ResponseOf<typeof getAbnormalPrices>> {
  const { prices = [] } = await evaluations.get(tenderId);
  const organisationId = call.actor?.organisationId ?? null;
  const own = organisationId && (await bills.aliasOf(tenderId, organisationId));
  const seen = await requireReader(bills, tenderId, call, own ? organisationId : null);
  return { items: prices.filter(({ alias }) => seen === 'all' || alias === own).map(viewOf) };
}

export async function askBidder(
  ports: EvaluationPorts,
  { tenderId, alias, question, hours }: RequestOf<typeof askAboutPrice>,
  call: Call,
): Promise<View> {
  return change(ports, { tenderId, alias }, call, 'buyer', async (price, tx, now) => {
    const lasts = Math.max(hours * HOUR_MS, REAL_MS_MIN * (await tx.clockFactor()));
    const kept = keep(ports, question, now);
    const answerUntil = addMs(now, lasts);
    const data = { alias, questionSha256: kept.sha256, answerUntil };
    return { price: ask(price, kept, answerUntil), event: { type: 'price-asked', data } };
  });
}

export async function takeExplanation(
  ports: EvaluationPorts,
  { tenderId, alias, answer }: RequestOf<typeof explainPrice>,
  call: Call,
): Promise<View> {
  return change(ports, { tenderId, alias }, call, 'bidder', async (price, _tx, now) => {
    const kept = keep(ports, answer, now);
    const data = { alias, answerSha256: kept.sha256 };
    return { price: explain(price, kept), event: { type: 'price-explained', data } };
  });
}

/** The last decision that was waited for lets the evaluation go on, in the same transaction. */
export async function decideOnPrice(
  ports: EvaluationPorts,
  { tenderId, alias, decision, reason }: RequestOf<typeof decidePrice>,
  call: Call,
): Promise<View> {
  return change(ports, { tenderId, alias }, call, 'buyer', async (price, _tx, now) => ({
    price: decide(price, decision, reason, now),
    event: { type: 'price-decided', data: { alias, decision, reason } },
  }));
}

type Changed = { readonly price: PriceClarification; readonly event: EvaluationEvent };

/**
 * Throws `tender.unknown` for another buyer, `price.none-in-question` before and after, `bid.unknown` for an alias that is
 * of nobody or not the bidder’s own, `price.not-flagged`, and as {@link requireGoingOn}.
 */
async function change(
  { evaluations, bills }: EvaluationPorts,
  { tenderId, alias }: { readonly tenderId: Uuid; readonly alias: string },
  call: Call,
  by: 'buyer' | 'bidder',
  decideOn: (price: PriceClarification, tx: EvaluationTransaction, now: Instant) => Promise<Changed>,
): Promise<View> {
  if (by === 'buyer') await requireBuyer(bills, tenderId, call);
  return evaluations.transact(call, async (tx) => {
    const evaluation = await tx.load(tenderId);
    const { prices = [], offers } = evaluation;
    if (!isPending(prices))
      throw new DomainError('price.none-in-question', 'No price of this tender is in question now.');
    if (by === 'bidder') await requireBidder(bills, tenderId, alias, call);
    if (!offers?.some((offer) => offer.alias === alias)) throw unknownBid(alias);
    const found = prices.find((one) => one.alias === alias);
    if (!found)
      throw new DomainError('price.not-flagged', `The price of ${alias} is not in question.`, { alias });
    requireGoingOn(evaluation);
    const { price, event } = await decideOn(found, tx, await tx.clock());
    await tx.tell(tenderId, event);
    await finish(tx, withPrice(evaluation, price));
    return viewOf(price);
  });
}

const withPrice = (evaluation: CommercialEvaluation, price: PriceClarification): CommercialEvaluation => ({
  ...evaluation,
  prices: (evaluation.prices ?? []).map((one) => (one.alias === price.alias ? price : one)),
});

function keep({ random }: EvaluationPorts, text: string, at: Instant): KeptText {
  const salt = random(SALT_BYTES);
  const sha256 = createHash('sha256').update(salt).update(text, 'utf8').digest('hex');
  return { text, salt: toHex(salt), sha256, at };
}

/** A suspension is over: whoever was asked has as much time left as before. */
export async function prolongExplanations(
  { evaluations }: EvaluationPorts,
  { resumedAt, isGoingOn }: DataOf<typeof tenderResumed>,
  event: EventEnvelope,
): Promise<void> {
  if (!isGoingOn) return;
  await evaluations.take(event, async (tx) => {
    const evaluation = await tx.find(event.tenderId!);
    const suspendedAt = evaluation?.suspendedAt;
    if (!evaluation || !suspendedAt) return;
    const before = evaluation.prices ?? [];
    const prices = prolong(before, suspendedAt, resumedAt);
    await tx.save({ ...evaluation, prices, suspendedAt: null });
    for (const [at, { alias, answerUntil }] of prices.entries())
      if (answerUntil !== before[at]!.answerUntil)
        await tx.tell(event.tenderId!, { type: 'explanation-prolonged', data: { alias, answerUntil } });
  });
}
