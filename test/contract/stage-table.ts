import {
  attendOpening,
  answerQuestion,
  askAboutPrice,
  askQuestion,
  awardTender,
  beginRehearsal,
  cancelTender,
  decideCorrection,
  decidePrice,
  declareConflicts,
  type EnvelopeId,
  type ErrorCode,
  explainOffer,
  explainPrice,
  getAbnormalPrices,
  getCorrections,
  getRobustness,
  getDescriptor,
  getBoqComparison,
  getBoqReport,
  getDraft,
  getEvaluation,
  getOpeningProofs,
  getOpeningRecord,
  getOpeningWork,
  getOwnBid,
  getReceipt,
  getRehearsal,
  getScoringWork,
  getTechnicalResult,
  getTender,
  getTimeline,
  joinTender,
  listQuestions,
  objectToOpening,
  proposeCorrection,
  publishTender,
  readOpenedEnvelope,
  readPart,
  readTenderDocument,
  releaseBidderKey,
  type RequestContract,
  resumeOpening,
  resumeTender,
  revealRescue,
  saveScores,
  signSheet,
  STAGES,
  type Stage,
  startStandstill,
  submitBid,
  submitMailboxLog,
  submitRehearsalShare,
  submitShares,
  submitTrusteeStatement,
  suspendTender,
  updateDraft,
  withdrawBid,
} from '#contracts';

type Times = readonly Stage[];

/** The stages from one to another on the way to the award. */
const span = (first: Stage, last: Stage = 'awarded'): Times =>
  STAGES.slice(STAGES.indexOf(first), STAGES.indexOf(last) + 1);

const PUBLISHED: Times = [...span('published'), 'suspended', 'failed', 'cancelled'];

/**
 * At which stages a request about a tender may take effect, or be answered, for who has a part in it. At every other
 * stage it is refused. The cancelled tender of the suite was cancelled when its technical envelopes were open, the
 * suspended one was suspended while it took bids.
 */
const TIMES: ReadonlyMap<RequestContract, Times | Readonly<Record<EnvelopeId, Times>>> = new Map<
  RequestContract,
  Times | Readonly<Record<EnvelopeId, Times>>
>([
  [updateDraft, ['draft']],
  [submitTrusteeStatement, ['draft']],
  [beginRehearsal, ['draft']],
  [submitRehearsalShare, ['draft']],
  [publishTender, ['draft']],
  [cancelTender, [...span('draft', 'ranked'), 'suspended']],
  [suspendTender, span('published', 'standstill')],
  [resumeTender, ['suspended']],
  [askQuestion, ['published']],
  [answerQuestion, ['published']],
  [joinTender, ['published']],
  [submitBid, ['published']],
  [withdrawBid, ['published']],
  // No tender of the suite names a mailbox; the vault's own tests go there.
  [submitMailboxLog, []],
  [attendOpening, { technical: ['closed'], commercial: ['scores-locked'] }],
  [submitShares, { technical: ['closed'], commercial: ['scores-locked'] }],
  [
    objectToOpening,
    { technical: span('closed', 'standstill'), commercial: span('scores-locked', 'standstill') },
  ],
  // A halted opening and one without a quorum lie off the way; the vault's own tests go there.
  [resumeOpening, { technical: [], commercial: [] }],
  [revealRescue, { technical: [], commercial: [] }],
  // No key is awaited where the tender does not ask for one; a story of its own plays a tender that does.
  [releaseBidderKey, { technical: [], commercial: [] }],
  [declareConflicts, ['technical-opened']],
  [saveScores, ['technical-opened']],
  [signSheet, ['technical-opened']],
  [askAboutPrice, ['commercial-opened']],
  [explainPrice, ['commercial-opened']],
  [decidePrice, ['commercial-opened']],
  [proposeCorrection, ['ranked']],
  [decideCorrection, ['ranked']],
  [startStandstill, ['ranked']],
  [awardTender, ['standstill']],

  [getTender, STAGES],
  [getTimeline, STAGES],
  [getDraft, STAGES],
  [listQuestions, STAGES],
  [readTenderDocument, STAGES],
  [getRehearsal, STAGES],
  [getDescriptor, PUBLISHED],
  [getOwnBid, PUBLISHED],
  [getReceipt, PUBLISHED],
  [getOpeningRecord, PUBLISHED],
  [
    getOpeningWork,
    { technical: span('closed', 'standstill'), commercial: span('scores-locked', 'standstill') },
  ],
  // What was opened stays open to all, whatever becomes of the tender; proofs name bidders and wait for the lock.
  [
    readOpenedEnvelope,
    { technical: [...span('technical-opened'), 'cancelled'], commercial: span('commercial-opened') },
  ],
  [getOpeningProofs, { technical: span('scores-locked'), commercial: span('commercial-opened') }],
  [getScoringWork, span('technical-opened')],
  [readPart, span('technical-opened')],
  [getTechnicalResult, span('scores-locked')],
  [getEvaluation, span('ranked')],
  // To the buyer, who is asked here; when to others, a story of its own shows.
  [explainOffer, span('scores-locked')],
  [getCorrections, span('ranked')],
  [getRobustness, span('ranked')],
  [getAbnormalPrices, PUBLISHED],
  [getBoqComparison, span('ranked')],
  [getBoqReport, span('ranked')],
]);

/** The stages of {@link TIMES}; undefined where a request is missing there. */
export function timesOf(contract: RequestContract, envelope: EnvelopeId | null): Times | undefined {
  const times = TIMES.get(contract);
  if (times === undefined || Array.isArray(times)) return times as Times | undefined;
  return envelope === null ? undefined : (times as Record<EnvelopeId, Times>)[envelope];
}

/** Contracts that have a time on the way. */
export const timedContracts = (): RequestContract[] =>
  [...TIMES]
    .filter(([, times]) =>
      [times].flat().some((one) => typeof one === 'string' || Object.values(one).flat().length > 0),
    )
    .map(([contract]) => contract);

/** Codes that say: not now. A refusal out of time has one of these, so that it was the time that was refused. */
export const OUT_OF_TIME: readonly ErrorCode[] = [
  'tender.unknown',
  'tender.wrong-stage',
  'tender.not-open',
  'tender.suspended',
  'tender.not-suspended',
  'bid.late',
  'mailbox.none',
  'opening.not-yet',
  'opening.already-done',
  'opening.not-halted',
  'rescue.not-open',
  'bidder-key.not-open',
  'scoring.not-open',
  'scoring.not-locked',
  'declaration.already-made',
  'sheet.already-signed',
  'evaluation.not-yet',
  'evaluation.fixed',
  'price.none-in-question',
];
