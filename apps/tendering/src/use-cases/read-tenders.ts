import { contentKey, DomainError } from '#kernel';
import type {
  getDraft as getDraftContract,
  getTender as getContract,
  listTenders as listContract,
  readTenderDocument,
} from '#contracts';
import type { RequestOf, ResponseOf } from '#contracts';
import type { Call } from '#service';
import { requireOwner, requireVisible, tenderView, unknownTender } from './tender-view.js';
import type { Tenders } from './tenders.port.js';

export async function getTender(
  tenders: Tenders,
  { tenderId }: RequestOf<typeof getContract>,
  { actor }: Call,
): Promise<ResponseOf<typeof getContract>> {
  return tenderView(requireVisible(await tenders.find(tenderId), actor, tenderId));
}

/** What the buyer last wrote: unlike the view of a tender it names the experts. */
export async function getDraft(
  tenders: Tenders,
  { tenderId }: RequestOf<typeof getDraftContract>,
  { actor }: Call,
): Promise<ResponseOf<typeof getDraftContract>> {
  const tender = await tenders.find(tenderId);
  if (!tender) throw unknownTender(tenderId);
  const { draft, templateId } = requireOwner(tender, actor);
  const { trusteeIds, expertIds, documents } = draft;
  return {
    ...draft,
    templateId,
    documents: [...documents],
    trusteeIds: [...trusteeIds],
    expertIds: [...expertIds],
  };
}

export async function listTenders(
  tenders: Tenders,
  { stage, regionCode, mine, after, limit }: RequestOf<typeof listContract>,
  { actor }: Call,
): Promise<ResponseOf<typeof listContract>> {
  if (mine === 'true' && actor === null)
    throw new DomainError('session.missing', 'Sign in to see your own tenders.');
  const found = await tenders.list({
    ofPerson: mine === 'true' ? actor!.personId : null,
    stage: stage ?? null,
    regionCode: regionCode ?? null,
    before: after ?? null,
    limit,
  });
  return { items: found.map(tenderView), next: found.length === limit ? found.at(-1)!.tenderId : null };
}

export async function readDocument(
  tenders: Tenders,
  { tenderId, sha256 }: RequestOf<typeof readTenderDocument>,
  { actor }: Call,
): Promise<ResponseOf<typeof readTenderDocument>> {
  const { draft, publication } = requireVisible(await tenders.find(tenderId), actor, tenderId);
  const found = [draft.boq, ...draft.documents].find((document) => document.sha256 === sha256);
  if (!found) throw new DomainError('document.unknown', 'This tender has no such document.', { sha256 });
  const { name: fileName, mediaType } = found;
  return { key: contentKey('documents', sha256), fileName, mediaType, isPublished: publication !== null };
}
