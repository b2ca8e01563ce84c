import { contentKey, DomainError } from '#kernel';
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
import { parseMethod } from '#evaluation';
import { readBoq } from '../boq/read-boq.js';
import {
  type CommercialEvaluation,
  evaluateWhenReady,
  lockTechnical,
  type Offer,
  rankingParts,
  takePart,
} from '../domain/commercial-evaluation.js';
import type { EvaluationPorts } from './evaluation-ports.js';
import type { EvaluationTransaction } from './evaluations.port.js';
import { readOffer } from './read-offer.js';

export async function prepare(
  { evaluations }: EvaluationPorts,
  { method, ceilingPrice, boq }: DataOf<typeof tenderPublished>,
  event: EventEnvelope,
): Promise<void> {
  await evaluations.take(event, (tx) =>
    tx.save({
      tenderId: event.tenderId!,
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

/** Commercial envelopes are open: reads every offer of the part first, then decides in one transaction. */
export async function takeOffers(
  { evaluations, store }: EvaluationPorts,
  { envelopeId, part, parts: of, items }: DataOf<typeof envelopesOpened>,
  event: EventEnvelope,
): Promise<void> {
  if (envelopeId !== 'commercial') return;
  const { boqSha256 } = await evaluations.get(event.tenderId!);
  const buyer = (await readBoq(await store.read(contentKey('documents', boqSha256)))).lines;
  const offers: Offer[] = [];
  for (const item of items) offers.push(await readOffer(store, buyer, item));
  await evaluations.take(event, async (tx) => {
    await finish(tx, takePart(await tx.load(event.tenderId!), { part, of, offers }));
  });
}

async function finish(tx: EvaluationTransaction, before: CommercialEvaluation): Promise<void> {
  const after = evaluateWhenReady(before, tx.now);
  await tx.save(after);
  if (after.document === null || before.document !== null) return;
  for (const data of rankingParts(after)) await tx.tellRanking(after.tenderId, data);
}

export async function readEvaluation(
  { evaluations }: EvaluationPorts,
  { tenderId }: RequestOf<typeof getEvaluation>,
): Promise<ResponseOf<typeof getEvaluation>> {
  const { document, evaluatedAt, offers } = await evaluations.get(tenderId);
  if (document === null || evaluatedAt === null) {
    throw new DomainError(
      'evaluation.not-yet',
      'The evaluation runs once the commercial envelopes are open.',
    );
  }
  return {
    evaluatedAt,
    hash: document.result.hash,
    document: JSON.parse(JSON.stringify(document)) as ResponseOf<typeof getEvaluation>['document'],
    boqChecks: (offers ?? []).map(({ alias, boq }) => ({
      alias,
      isConsistent: boq.isConsistent,
      findings: [...boq.findings],
    })),
  };
}
