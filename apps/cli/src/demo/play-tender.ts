import type { Receipt } from '../client/bidder.js';
import { bid, clarify, passDeadline, writeBids } from './acts/bidding.js';
import { open } from './acts/opening.js';
import { certifyBidders, makeDraft, publish, rehearse, type Seat, seatTrustees } from './acts/preparation.js';
import { rankAndAward } from './acts/ranking.js';
import { score } from './acts/scoring.js';
import type { Cast } from './cast.js';
import type { Transcript } from './transcript.js';

/** Lines that the transcript will have, for its bar. */
export const ACTS = 23;

export interface PlayOptions {
  readonly cast: Cast;
  readonly transcript: Transcript;
  /** How much real time bidders get between publication and deadline, at the least. */
  readonly noticeRealMs: number;
  /** Called when the bids are in and the deadline has not passed: what an observer could see then. */
  readonly whileSealed?: (scene: SealedScene) => Promise<void>;
}

export interface SealedScene {
  readonly tenderId: string;
  readonly seats: readonly Seat[];
}

export interface Play {
  readonly tenderId: string;
  /** Every receipt that a bidder was given: what must be provable afterwards. */
  readonly receipts: readonly Receipt[];
}

/** Plays one works tender from template to award, through the public HTTP API only. */
export async function playTender(options: PlayOptions): Promise<Play> {
  const { cast, transcript, noticeRealMs, whileSealed } = options;
  transcript.heading('Preparation');
  const { tenderId, draft } = await makeDraft(cast, transcript);
  const trustees = await seatTrustees(cast, tenderId, transcript);
  await rehearse(cast, tenderId, trustees, transcript);
  const seats = await certifyBidders(cast, tenderId, transcript);
  const contents = await writeBids(seats);
  const deadlineAt = await publish(cast, tenderId, draft, noticeRealMs, transcript);

  transcript.heading('Bidding');
  await clarify(cast, tenderId, transcript);
  const { receipts, late } = await bid(seats, contents, transcript);
  await whileSealed?.({ tenderId, seats });
  await passDeadline(cast, tenderId, deadlineAt, late, transcript);

  transcript.heading('Opening and evaluation');
  const [first, second, third, fourth, fifth] = trustees;
  await open(cast, tenderId, [first!, third!, fifth!], 'technical', transcript);
  await score(cast, tenderId, contents, transcript);
  await open(cast, tenderId, [second!, third!, fourth!], 'commercial', transcript);
  await rankAndAward(cast, tenderId, transcript);
  return { tenderId, receipts };
}
