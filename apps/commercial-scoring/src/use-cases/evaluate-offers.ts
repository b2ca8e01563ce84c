import { contentKey, DomainError, numbered, Pages, type PartLimits } from '#kernel';
import type {
  DataOf,
  envelopesOpened,
  EventEnvelope,
  getEvaluation,
  RequestOf,
  ResponseOf,
  scoresLocked,
  tenderPublished,
} from '#contracts';
import { type EvaluationDocument, parseMethod } from '#evaluation';
import { readBoq } from '../boq/read-boq.js';
import {
  type CommercialEvaluation,
  lockTechnical,
  takeIdentities,
  takePart,
} from '../domain/commercial-evaluation.js';
import { requireResult } from '../domain/correct-evaluation.js';
import { evaluateWhenReady, rankingParts, versionOf } from '../domain/run-evaluation.js';
import type { EvaluationPorts } from './evaluation-ports.js';
import type { EvaluationTransaction } from './evaluations.port.js';
import { type ReadOffer, readOffer } from './read-offer.js';

export async function prepare(
  { evaluations }: EvaluationPorts,
  { tid, method, ceilingPrice, boq }: DataOf<typeof tenderPublished>,
  event: EventEnvelope,
): Promise<void> {
  await evaluations.take(event, (tx) =>
    tx.save({
      tenderId: event.tenderId!,
      tid,
      method: parseMethod(method),
      ceilingPrice,
      boqSha256: boq.sha256,
      technical: null,
      sheets: [],
      offers: null,
      partsTaken: [],
      document: null,
      evaluatedAt: null,
    }),
  );
}

export async function takeScores(
  { evaluations }: EvaluationPorts,
  { part, parts: of, results: technical, sheets }: DataOf<typeof scoresLocked>,
  event: EventEnvelope,
): Promise<void> {
  await evaluations.take(event, async (tx) => {
    await finish(tx, lockTechnical(await tx.load(event.tenderId!), { part, technical, sheets }, of));
  });
}

/** Envelopes of either kind are open. */
export async function takeOpened(
  ports: EvaluationPorts,
  data: DataOf<typeof envelopesOpened>,
  event: EventEnvelope,
): Promise<void> {
  if (data.envelopeId === 'commercial') return takeOffers(ports, data, event);
  await ports.evaluations.take(event, async (tx) => {
    await tx.save(takeIdentities(await tx.load(event.tenderId!), data.items));
  });
}

/** Commercial envelopes are open: reads every offer of the part first, then decides in one transaction. */
async function takeOffers(
  { evaluations, store }: EvaluationPorts,
  { part, parts: of, items }: DataOf<typeof envelopesOpened>,
  event: EventEnvelope,
): Promise<void> {
  const { boqSha256, method } = await evaluations.get(event.tenderId!);
  const buyer = await readBoq(await store.read(contentKey('documents', boqSha256)));
  const read: ReadOffer[] = [];
  for (const item of items) read.push(await readOffer(store, { buyer, correct: method.correct }, item));
  const offers = read.map(({ offer }) => offer);
  await evaluations.take(event, async (tx) => {
    const evaluation = takeIdentities(await tx.load(event.tenderId!), items);
    for (const { bill } of read) await tx.saveBill(event.tenderId!, bill);
    await finish(tx, takePart(evaluation, { part, of, offers }));
  });
}

/** Evaluates as soon as all is there, keeps what came of it, and tells it: prices in question, or the ranking. */
export async function finish(tx: EvaluationTransaction, before: CommercialEvaluation): Promise<void> {
  const after = evaluateWhenReady(before, tx.now);
  await tx.save(after);
  const { tenderId, prices = [] } = after;
  const found = prices.slice(before.prices?.length ?? 0).map(({ alias, flags }) => ({ alias, flags }));
  if (found.length > 0)
    for (const { items, ...part } of numbered(found))
      await tx.tell(tenderId, { type: 'prices-flagged', data: { ...part, prices: items } });
  if (after.document !== null && before.document === null) await tellRanking(tx, after);
}

/** Keeps the result as this version for good, and tells its ranking. */
export async function tellRanking(
  tx: EvaluationTransaction,
  evaluation: CommercialEvaluation,
): Promise<void> {
  await tx.addVersion(evaluation.tenderId, versionOf(evaluation), {
    document: evaluation.document!,
    evaluatedAt: evaluation.evaluatedAt!,
  });
  for (const data of rankingParts(evaluation))
    await tx.tell(evaluation.tenderId, { type: 'ranking-made', data });
}

/** Six lists and the method: one page stays below a message. */
const LIST: PartLimits = { itemsMax: 1_000, bytesMax: 128 * 1024 };

export async function readEvaluation(
  { evaluations }: EvaluationPorts,
  { tenderId, page, version }: RequestOf<typeof getEvaluation>,
): Promise<ResponseOf<typeof getEvaluation>> {
  const evaluation = await evaluations.get(tenderId);
  requireResult(evaluation);
  const { offers } = evaluation;
  const current = versionOf(evaluation);
  const wanted = await evaluations.version(tenderId, version ?? current);
  if (!wanted)
    throw new DomainError('evaluation.version-unknown', `The evaluation has versions 1 to ${current}.`, {
      version,
      current,
    });
  const { document, evaluatedAt } = wanted;
  const pages = new Pages(page);
  const { result } = document;
  const shown: EvaluationDocument = {
    ...document,
    bids: pages.take(document.bids, LIST),
    panel: pages.take(document.panel, LIST),
    result: {
      ...result,
      bids: pages.take(result.bids, LIST),
      trace: pages.take(result.trace, LIST),
      ...(result.advisory ? { advisory: pages.take(result.advisory, LIST) } : {}),
    },
  };
  const checks = (offers ?? []).map(({ alias, boq }) => ({
    alias,
    isConsistent: boq.isConsistent,
    findings: [...boq.findings],
  }));
  return {
    boqChecks: pages.take(checks, LIST),
    page,
    pages: pages.count,
    evaluatedAt,
    hash: result.hash,
    version: version ?? current,
    document: JSON.parse(JSON.stringify(shown)) as ResponseOf<typeof getEvaluation>['document'],
  };
}
