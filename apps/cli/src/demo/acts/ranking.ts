import { isBefore } from '#kernel';
import { awardTender, getOpeningRecord, getTender, startStandstill } from '#contracts';
import type { EvaluationResult } from '#evaluation';
import { readEvaluation } from '#verify';
import { readTime } from '../../client/read-time.js';
import { waitUntil } from '../../client/wait-until.js';
import type { Cast } from '../cast.js';
import { PUBLISHED_EXAMPLE } from '../story.js';
import type { Transcript } from '../transcript.js';

const PATIENCE_MS = 120_000;

/** The method runs by itself once prices are open; the buyer waits out the standstill and awards. */
export async function rankAndAward({ buyer }: Cast, tenderId: string, transcript: Transcript): Promise<void> {
  const { api } = buyer;
  await waitUntil('the ranking', PATIENCE_MS, async () => {
    const { stage } = await api.call(getTender, { tenderId });
    if (stage === 'failed') throw new Error('the tender failed');
    return stage === 'ranked' ? stage : undefined;
  });
  const { document, hash, boqChecks } = await readEvaluation(api, tenderId);
  const result = document.result as unknown as EvaluationResult;
  const { bidders } = await api.call(getOpeningRecord, { tenderId });
  const nameOf = (alias: string): string => bidders.find((bidder) => bidder.alias === alias)?.name ?? alias;

  transcript.act(`prices scored by the published method; ${boqChecks.length} bills of quantities checked`);
  compareWithPublished(result, transcript);
  for (const { id, rank, price, priceScore, technicalScore, total } of result.bids) {
    const figures = [
      price.padStart(10),
      priceScore?.rounded ?? '—',
      technicalScore?.rounded ?? '—',
      total?.rounded ?? '—',
    ];
    transcript.note(`${rank ?? '–'}. ${id} ${figures.join('  ')}  ${nameOf(id)}`);
  }
  transcript.note(`trace of ${result.trace.length} steps, hash ${hash.slice(0, 16)}…`);

  const { standstillEndsAt } = await api.call(startStandstill, { tenderId });
  await waitUntil('the end of the standstill', PATIENCE_MS, async () => {
    const { now } = await readTime(api);
    transcript.waiting(`standstill: platform time ${now.slice(0, 16)}Z`);
    return isBefore(now, standstillEndsAt!) ? undefined : now;
  });
  transcript.waited();
  const { award } = await api.call(awardTender, { tenderId });
  transcript.act(`standstill over; awarded to ${nameOf(award!.alias)} for ${award!.price} CNY`);
}

function compareWithPublished({ benchmark }: EvaluationResult, transcript: Transcript): void {
  const { id, benchmark: published, note } = PUBLISHED_EXAMPLE;
  if (benchmark?.rounded !== published) {
    throw new Error(`benchmark ${benchmark?.rounded} differs from the published ${published}`);
  }
  transcript.note(`benchmark ${published} = example ${id} (${note})`);
}
