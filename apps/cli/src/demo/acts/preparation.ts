import { addMs } from '#kernel';
import {
  beginRehearsal,
  createTender,
  getRehearsal,
  listTemplates,
  publishTender,
  type RequestOf,
  updateDraft,
} from '#contracts';
import { Bidder } from '../../client/bidder.js';
import { createIdentity } from '../../client/identity.js';
import { readTime } from '../../client/read-time.js';
import { Trustee } from '../../client/trustee.js';
import { writeBuyerBoq } from '../../workbooks/write-boq.js';
import { BUYER_LINES } from '../boq.js';
import type { Cast } from '../cast.js';
import { XLSX } from '../documents.js';
import { type Company, TENDER } from '../story.js';
import type { Transcript } from '../transcript.js';

/** Notice days that the template asks for. */
const NOTICE_MS_MIN = 20 * 86_400_000;
/** Real time between reading the clock and publishing. */
const MARGIN_MS = 2_000;

export type Draft = Omit<RequestOf<typeof updateDraft>, 'tenderId'>;

export interface Seat {
  readonly bidder: Bidder;
  readonly company: Company;
}

export async function makeDraft(
  { buyer, trustees, experts }: Cast,
  transcript: Transcript,
  templateId = 'works-two-envelope',
) {
  const { api } = buyer;
  const workbook = await writeBuyerBoq(BUYER_LINES, { title: TENDER.title.zh });
  const { sha256, size } = await api.upload('/api/v1/documents', workbook);
  const { items } = await api.call(listTemplates, {});
  const template = items.find((one) => one.templateId === templateId);
  const { now } = await readTime(api);
  const draft: Draft = {
    ...TENDER,
    currency: 'CNY',
    boq: { name: 'bill-of-quantities.xlsx', mediaType: XLSX, sha256, size },
    documents: [],
    method: template!.method,
    deadlineAt: addMs(now, NOTICE_MS_MIN * 2),
    trusteeIds: trustees.map(({ personId }) => personId),
    expertIds: experts.map(({ personId }) => personId),
  };
  const { tenderId } = await api.call(createTender, { templateId: template!.templateId, ...draft });
  transcript.act(`draft from template ${template!.templateId}, bill of ${BUYER_LINES.length} lines`);
  return { tenderId, draft };
}

export async function seatTrustees(
  { trustees }: Cast,
  tenderId: string,
  transcript: Transcript,
): Promise<Trustee[]> {
  const seated = await Promise.all(
    trustees.map(async ({ api, account }) => {
      const trustee = new Trustee(api, await createIdentity(api, account.login), tenderId);
      await trustee.submitStatement((await readTime(api)).now);
      return trustee;
    }),
  );
  transcript.act('5 trustees made their keys on their own machines; any 3 can open, no 2 can');
  return seated;
}

/** Before anything is published the committee shows that its keys open. */
export async function rehearse(
  { buyer }: Cast,
  tenderId: string,
  trustees: readonly Trustee[],
  transcript: Transcript,
): Promise<void> {
  await buyer.api.call(beginRehearsal, { tenderId });
  for (const trustee of trustees) await trustee.rehearse();
  const { isOpened } = await buyer.api.call(getRehearsal, { tenderId });
  if (!isOpened) throw new Error('the committee could not open the dummy envelope');
  transcript.act('rehearsal: every trustee opened the dummy envelope that was sealed to the committee');
}

export async function certifyBidders(
  { bidders }: Cast,
  tenderId: string,
  transcript: Transcript,
): Promise<Seat[]> {
  const approved = bidders.filter(({ company }) => company.fate !== 'is-refused');
  const seats = await Promise.all(
    approved.map(async ({ api, company }) => ({
      company,
      bidder: new Bidder(api, await createIdentity(api, company.name), tenderId),
    })),
  );
  transcript.act(`${seats.length} organisations have certificates; their keys never left them`);
  return seats;
}

/** Publishes with a deadline that gives the notice days of the law, and the real time that this machine needs. */
export async function publish(
  { buyer }: Cast,
  tenderId: string,
  draft: Draft,
  noticeRealMs: number,
  transcript: Transcript,
): Promise<string> {
  const { now, factor } = await readTime(buyer.api);
  const deadlineAt = addMs(now, Math.max(NOTICE_MS_MIN + MARGIN_MS * factor, noticeRealMs * factor));
  await buyer.api.call(updateDraft, { tenderId, ...draft, deadlineAt });
  await buyer.api.call(publishTender, { tenderId });
  const days = (factor / 86_400).toFixed(1);
  transcript.act(
    `published with its method as data; deadline ${deadlineAt.slice(0, 10)}, ${days} days pass in a second`,
  );
  return deadlineAt;
}
