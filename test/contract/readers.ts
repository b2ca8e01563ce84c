import { addDays } from '#kernel';
import {
  createAccount,
  createTender,
  getAlarm,
  getBoqComparison,
  getBoqReport,
  getDraft,
  getExport,
  getOrganisation,
  getOwnBid,
  getReceipt,
  getReconciliation,
  getRehearsal,
  getScoringWork,
  getTender,
  getTimeline,
  handleAlarm,
  listAccounts,
  listAlarms,
  listEntries,
  listOrganisations,
  listPeople,
  listQuestions,
  listTenders,
  readExport,
  readPart,
  readTenderDocument,
  requestExport,
  type RequestOf,
} from '#contracts';
import { readTime } from '../../apps/cli/src/client/read-time.js';
import { waitUntil } from '../../apps/cli/src/client/wait-until.js';
import { type TwoTenders, draftOf } from './two-tenders.js';

/**
 * Somebody reads everything that is not public, once, through the HTTP API: those who may, of a tender that was awarded
 * and of a draft. What trustees open they have read by then.
 */
export async function readEverything(tenders: TwoTenders): Promise<void> {
  await readSupervision(tenders);
  const { people, own } = tenders;
  const { administrator, registrar, supervisor } = people;
  const { tenderId, circle } = own.walk;
  const { api: buyer } = circle.buyer;
  const { items: organisations } = await registrar.api.call(listOrganisations, {});
  await registrar.api.call(getOrganisation, { organisationId: organisations[0]!.organisationId });
  await administrator.api.call(listAccounts, {});
  await buyer.call(listPeople, { role: 'expert' });

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

const ALARM_WITHIN_MS = 60_000;
const TOO_LONG_DAYS = 3_000;

/** A supervisor looks at all that there is for supervision: an alarm is raised for it, and a file asked for. */
async function readSupervision({ platform, people, own }: TwoTenders): Promise<void> {
  const { administrator, supervisor } = people;
  const { api } = supervisor;
  await administrator.api.call(createAccount, {
    login: 'holds-for-years',
    password: 'a long password',
    name: 'n',
    roles: ['buyer'],
    grantedUntil: addDays((await readTime(api)).now, TOO_LONG_DAYS),
  });
  await api.call(listEntries, {});
  await api.call(getTimeline, { tenderId: own.walk.tenderId });
  await api.call(getReconciliation, {});
  const headers = { cookie: supervisor.cookie };
  const feed = await fetch(`${platform.current().address}/api/v1/supervision/feed`, { headers });
  await feed.body!.cancel();
  const { alarmId } = await waitUntil('an alarm', ALARM_WITHIN_MS, async () => {
    const { items } = await api.call(listAlarms, { rule: 'long-grant' });
    return items[0];
  });
  await api.call(getAlarm, { alarmId });
  await api.call(handleAlarm, { alarmId, to: 'acknowledged', reason: 'it is known' });
  const { exportId } = await api.call(requestExport, { kind: 'alarms', format: 'xlsx' });
  await waitUntil('the file', ALARM_WITHIN_MS, async () =>
    (await api.call(getExport, { exportId })).state === 'waiting' ? undefined : true,
  );
  await api.download(readExport, { exportId });
}
