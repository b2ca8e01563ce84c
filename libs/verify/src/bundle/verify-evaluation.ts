import { fromUtf8, jcs } from '#kernel';
import { type EvaluationDocument, parseMethod, recompute, withCeiling } from '#evaluation';
import type { DataOf, rankingMade, scoresLocked } from '#contracts';
import type { BundleCheck } from './bundle-check.js';
import { hasEntry, requireEnded } from './bundle-ending.js';
import { BundleFault, inFile } from './bundle-fault.js';
import type { BundleFolder } from './bundle-folder.js';
import type { BundleTender } from './bundle-tender.js';
import { enteredParts } from './entered-parts.js';
import { verifyDraws } from './verify-draws.js';
import { verifyRejections } from './verify-rejections.js';
import { verifyRobustness } from './verify-robustness.js';
import type { VerifiedLedgerFolder } from './verify-ledger-folder.js';

/** The published method over the entered inputs gives the entered ranking, to the last digit. */
export async function verifyEvaluation(
  folder: BundleFolder,
  tender: BundleTender,
  { entries }: VerifiedLedgerFolder,
): Promise<BundleCheck> {
  const isRanked = hasEntry(entries, 'commercial-scoring.ranking-made');
  if (!isRanked && requireEnded(entries).ending !== 'awarded') return requireNoEvaluation(folder);
  const read = async <T>(name: string): Promise<T> =>
    inFile(
      `evaluation/${name}`,
      async () => JSON.parse(fromUtf8(await folder.read(`evaluation/${name}`))) as T,
    );
  const method = await read<EvaluationDocument['method']>('method.json');
  const inputs = await read<Pick<EvaluationDocument, 'bids' | 'panel'>>('inputs.json');
  const draws = await read<EvaluationDocument['draws']>('draws.json');
  const trace = await read<EvaluationDocument['result']['trace']>('trace.json');
  const rest = await read<Omit<EvaluationDocument['result'], 'trace'>>('result.json');

  const published = withCeiling(parseMethod(tender.notice.method), tender.notice.ceilingPrice);
  if (jcs(published) !== jcs(method))
    throw new BundleFault('evaluation/method.json', 'is not the published method');
  const document: EvaluationDocument = { method, ...inputs, draws, result: { ...rest, trace } };
  await inFile('evaluation/result.json', () => recompute(document));
  verifyDraws(entries, tender.tid, { method, bids: inputs.bids, draws });
  verifyRejections(entries, inputs.bids);
  await inFile('evaluation/robustness.json', () => verifyRobustness(folder, entries, document));

  const locked = enteredParts<DataOf<typeof scoresLocked>>(entries, 'technical-scoring.scores-locked');
  const used = new Set(inputs.bids.map(({ id }) => id));
  const entered = locked.flatMap(({ sheets }) => sheets).filter(({ bid }) => used.has(bid));
  if (sortedText(entered) !== sortedText(inputs.panel)) {
    throw new BundleFault('evaluation/inputs.json', 'has other score sheets than the ledger');
  }
  const version = 1 + entries.filter(({ type }) => type === 'commercial-scoring.evaluation-corrected').length;
  const told = enteredParts<DataOf<typeof rankingMade>>(
    entries,
    'commercial-scoring.ranking-made',
    (part) => (part.version ?? 1) === version,
  );
  const ranking = rest.bids.map(({ id, rank, price, total }) => ({
    alias: id,
    rank,
    price,
    total: total?.rounded ?? null,
  }));
  const isTold = told.length > 0 && told.every(({ hash }) => hash === rest.hash);
  if (!isTold || jcs(told.flatMap((part) => part.ranking)) !== jcs(ranking))
    throw new BundleFault('evaluation/result.json', 'is not the result in the ledger');
  const line = `evaluation recomputes in ${trace.length} steps to hash ${rest.hash.slice(0, 16)}…`;
  return { step: 'evaluation', outcome: 'recomputed', facts: { steps: trace.length, hash: rest.hash }, line };
}

/** Nothing was ranked before the tender ended, and the bundle claims no more than that. */
async function requireNoEvaluation(folder: BundleFolder): Promise<BundleCheck> {
  const claimed = (await folder.list()).find(
    (path) => path.startsWith('evaluation/') && path !== 'evaluation/technical.json',
  );
  if (claimed) throw new BundleFault(claimed, 'was made without a ranking in the ledger');
  return { step: 'evaluation', outcome: 'none', facts: {}, line: 'no bid was ranked' };
}

const sortedText = (items: readonly unknown[]): string =>
  items
    .map((item) => jcs(item))
    .sort()
    .join('\n');
