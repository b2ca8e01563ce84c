import { DomainError, isBefore } from '#kernel';
import { answerQuestion, askQuestion, getDescriptor, getOpeningRecord } from '#contracts';
import type { Receipt, SealedBid } from '../../client/bidder.js';
import { readTime } from '../../client/read-time.js';
import { waitUntil } from '../../client/wait-until.js';
import { whenPossible } from '../../client/when-possible.js';
import type { Cast } from '../cast.js';
import { bidContent } from '../documents.js';
import { ANSWER, QUESTION } from '../story.js';
import type { Transcript } from '../transcript.js';
import type { Seat } from './preparation.js';

const CLOSING_REAL_MS = 120_000;

export async function clarify(
  { buyer, bidders }: Cast,
  tenderId: string,
  transcript: Transcript,
): Promise<void> {
  await whenPossible('the vault to know the tender', 'tender.unknown', () =>
    buyer.api.call(getDescriptor, { tenderId }),
  );
  const asked = await bidders[2]!.api.call(askQuestion, { tenderId, question: QUESTION });
  await buyer.api.call(answerQuestion, { tenderId, questionId: asked.questionId, answer: ANSWER });
  transcript.act('a question was asked and answered for everybody; who asked stays hidden');
}

/** What each bidder’s last version says. */
export type Contents = Map<Seat, Awaited<ReturnType<typeof bidContent>>>;

/** What bidders wrote before: making PDFs and workbooks is no part of the notice period. */
export async function writeBids(seats: readonly Seat[]): Promise<Contents> {
  const contents: Contents = new Map();
  for (const seat of seats) contents.set(seat, await bidContent(seat.company.price, 'A'));
  return contents;
}

export interface Bids {
  readonly receipts: readonly Receipt[];
  /** Sealed in time, sent too late. */
  readonly late: { readonly seat: Seat; readonly sealed: SealedBid };
}

/** Six bids come in; one is replaced, one taken back. */
export async function bid(seats: readonly Seat[], contents: Contents, transcript: Transcript): Promise<Bids> {
  const descriptor = await seats[0]!.bidder.descriptor();
  const receipts: Receipt[] = [];
  for (const seat of seats) {
    const { bidder, company } = seat;
    await bidder.join();
    const sealedAt = (await readTime(bidder.api)).now;
    const sealed = await bidder.seal(descriptor, contents.get(seat)!, sealedAt);
    receipts.push(await bidder.submit(sealed));
    transcript.act(`${company.name} sealed two envelopes and has a receipt`);
  }
  const replacing = seats.find(({ company }) => company.fate === 'replaces')!;
  const { now } = await readTime(replacing.bidder.api);
  const content = await bidContent(replacing.company.price, 'B');
  contents.set(replacing, content);
  const second = await replacing.bidder.seal(descriptor, content, now);
  receipts.push(await replacing.bidder.submit(second));
  transcript.act(`${replacing.company.name} replaced its bid (version ${second.seq})`);

  const withdrawing = seats.find(({ company }) => company.fate === 'withdraws')!;
  receipts.push(await withdrawing.bidder.withdraw(descriptor, now));
  transcript.act(`${withdrawing.company.name} took its bid back`);
  const sealed = await withdrawing.bidder.seal(descriptor, contents.get(withdrawing)!, now);
  return { receipts, late: { seat: withdrawing, sealed } };
}

/** The deadline passes on the platform's clock; what comes after it is refused. */
export async function passDeadline(
  { buyer }: Cast,
  tenderId: string,
  deadlineAt: string,
  { seat, sealed }: Bids['late'],
  transcript: Transcript,
): Promise<void> {
  await waitUntil('the deadline', CLOSING_REAL_MS, async () => {
    const { now } = await readTime(buyer.api);
    transcript.waiting(`platform time ${now.slice(0, 16)}Z, deadline ${deadlineAt.slice(0, 16)}Z`);
    return isBefore(now, deadlineAt) ? undefined : now;
  });
  transcript.waited();
  const refusal = await refusalOf(() => seat.bidder.submit(sealed));
  if (refusal !== 'bid.late') throw new Error(`a late bid was answered with ${refusal}`);
  transcript.act(`deadline passed; a bid that came after it was refused (${refusal})`);
  const close = await waitUntil('the close record', CLOSING_REAL_MS, async () => {
    const { close: record } = await buyer.api.call(getOpeningRecord, { tenderId });
    return record ?? undefined;
  });
  transcript.note(`close record: ${close.count} bids, ${close.manifestCount} envelopes`);
}

export async function refusalOf(act: () => Promise<unknown>): Promise<string> {
  try {
    await act();
    return 'nothing';
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}
