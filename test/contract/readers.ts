import {
  createTender,
  getBoqComparison,
  getBoqReport,
  getDraft,
  getOrganisation,
  getOwnBid,
  getReceipt,
  getRehearsal,
  getScoringWork,
  getTender,
  listAccounts,
  listEntries,
  listOrganisations,
  listPeople,
  listQuestions,
  listTenders,
  readPart,
  readTenderDocument,
  type RequestOf,
} from '#contracts';
import { type TwoTenders, draftOf } from './two-tenders.js';

/**
 * Somebody reads everything that is not public, once, through the HTTP API: those who may, of a tender that was awarded
 * and of a draft. What trustees open they have read by then.
 */
export async function readEverything({ people, own }: TwoTenders): Promise<void> {
  const { administrator, registrar, supervisor } = people;
  const { tenderId, circle } = own.walk;
  const { api: buyer } = circle.buyer;
  const { items: organisations } = await registrar.api.call(listOrganisations, {});
  await registrar.api.call(getOrganisation, { organisationId: organisations[0]!.organisationId });
  await administrator.api.call(listAccounts, {});
  await buyer.call(listPeople, { role: 'expert' });
  await supervisor.api.call(listEntries, {});

  const content = await draftOf(circle.buyer);
  const before = circle.buyer.api.sent.find(({ contract }) => contract === createTender)!.body;
  const draft = await buyer.call(createTender, { ...(before as RequestOf<typeof createTender>), ...content });
  const draftRef = { tenderId: draft.tenderId };
  await buyer.call(getDraft, draftRef);
  await buyer.call(getTender, draftRef);
  await supervisor.api.call(getTender, draftRef);
  await buyer.call(listTenders, { mine: 'true' });
  await buyer.download(readTenderDocument, { ...draftRef, sha256: content.documents[0]!.sha256 });

  await buyer.call(getRehearsal, { tenderId });
  await buyer.call(listQuestions, { tenderId });
  const [bidder] = circle.bidders;
  await bidder!.api.call(getOwnBid, { tenderId });
  await bidder!.api.call(getReceipt, { tenderId, seq: 1 });
  const expert = circle.experts[0]!.api;
  const { bids } = await expert.call(getScoringWork, { tenderId });
  const { alias, parts } = bids[0]!;
  await expert.download(readPart, { tenderId, alias, sha256: parts[0]!.sha256 });
  await buyer.download(getBoqComparison, { tenderId });
  await buyer.download(getBoqReport, { tenderId, alias });
}
