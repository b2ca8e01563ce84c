import type { DataOf, correctionProposed, evaluationCorrected, priceDecided } from '#contracts';
import type { Bid } from '#evaluation';
import type { OpenEntry } from '#ledger';
import { BundleFault } from './bundle-fault.js';

/** The bids that count as rejected are those that people rejected in the ledger, in the order of their decisions. */
export function verifyRejections(entries: readonly OpenEntry[], bids: readonly Bid[]): void {
  const of = <T>(name: string): T[] =>
    entries
      .filter(({ type }) => type === `commercial-scoring.${name}`)
      .map(({ data }) => data as unknown as T);
  const rejected = new Set<string>();
  for (const { alias, decision } of of<DataOf<typeof priceDecided>>('price-decided'))
    if (decision === 'rejected') rejected.add(alias);
  const proposed = of<DataOf<typeof correctionProposed>>('correction-proposed');
  const confirmed = of<DataOf<typeof evaluationCorrected>>('evaluation-corrected');
  for (const { correctionId } of confirmed.toSorted((a, b) => a.version - b.version)) {
    const correction = proposed.find((one) => one.correctionId === correctionId);
    if (!correction)
      throw new BundleFault('ledger/checkpoint', `correction ${correctionId} was never proposed`);
    for (const { alias, rejected: isOut } of correction.changes) {
      if (isOut === true) rejected.add(alias);
      if (isOut === false) rejected.delete(alias);
    }
  }
  const wrong = bids.find((bid) => (bid.rejected === true) !== rejected.has(bid.id));
  if (wrong) throw new BundleFault('evaluation/inputs.json', `${wrong.id} counts otherwise than was decided`);
}
