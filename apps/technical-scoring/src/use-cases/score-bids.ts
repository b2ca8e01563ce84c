import { DomainError, Pages, type PartLimits } from '#kernel';
import type {
  declareConflicts,
  getScoringWork,
  getTechnicalResult,
  readPart,
  RequestOf,
  ResponseOf,
  saveScores,
} from '#contracts';
import type { Call } from '#service';
import { lockWhenComplete, panelSheets } from '../domain/lock-scores.js';
import {
  checkScores,
  criteriaOf,
  declare as decideDeclare,
  keepDraft,
  requireDeclared,
  requireExpert,
  requireGoingOn,
  requireUnsigned,
  withExpert,
} from '../domain/scoring.js';
import { tellLocked } from './sign-sheet.js';
import type { Scorings } from './scorings.port.js';

/** Three lists of one page stay below a message. */
const LIST: PartLimits = { itemsMax: 1_000, bytesMax: 256 * 1024 };

export async function declare(
  scorings: Scorings,
  { tenderId, hasConflict }: RequestOf<typeof declareConflicts>,
  call: Call,
): Promise<ResponseOf<typeof declareConflicts>> {
  return scorings.transact(call, async (tx) => {
    const scoring = await tx.load(tenderId);
    const own = requireExpert(scoring, call.actor!.personId);
    requireGoingOn(scoring);
    const declared = decideDeclare(own, hasConflict, tx.now);
    const next = lockWhenComplete(withExpert(scoring, declared), tx.now);
    await tx.save(next);
    await tx.tell(tenderId, { type: 'declaration-made', data: { hasConflict } });
    await tellLocked(tx, scoring, next);
    return { declaredAt: tx.now };
  });
}

export async function work(
  scorings: Scorings,
  { tenderId, page }: RequestOf<typeof getScoringWork>,
  call: Call,
): Promise<ResponseOf<typeof getScoringWork>> {
  const scoring = await scorings.get(tenderId);
  const own = requireDeclared(requireExpert(scoring, call.actor!.personId));
  const pages = new Pages(page);
  const shown = pages.take(
    scoring.bids.map(({ alias, parts }) => ({
      bid: { alias, parts: [...parts] },
      draft: own.draft[alias],
      reason: own.draftReasons?.[alias],
    })),
  );
  return {
    page,
    pages: pages.count,
    criteria: criteriaOf(scoring).map(({ id, title, max }) => ({ id, title, pointsMax: max })),
    bids: shown.map(({ bid }) => bid),
    draft: Object.fromEntries(shown.flatMap(({ bid, draft }) => (draft ? [[bid.alias, draft]] : []))),
    reasons: Object.fromEntries(shown.flatMap(({ bid, reason }) => (reason ? [[bid.alias, reason]] : []))),
    declaredAt: own.declaredAt,
    signedAt: own.signedAt,
  };
}

export async function part(
  scorings: Scorings,
  { tenderId, alias, sha256 }: RequestOf<typeof readPart>,
  call: Call,
): Promise<ResponseOf<typeof readPart>> {
  const scoring = await scorings.get(tenderId);
  requireDeclared(requireExpert(scoring, call.actor!.personId));
  const found = scoring.bids.find((bid) => bid.alias === alias)?.parts.find((one) => one.sha256 === sha256);
  if (!found) throw new DomainError('document.unknown', 'This bid has no such document.', { alias, sha256 });
  return { key: found.key, fileName: `${alias}-${found.name}`, mediaType: found.mediaType };
}

export async function save(
  scorings: Scorings,
  { tenderId, alias, scores, reason }: RequestOf<typeof saveScores>,
  call: Call,
): Promise<ResponseOf<typeof saveScores>> {
  return scorings.transact(call, async (tx) => {
    const scoring = await tx.load(tenderId);
    const own = requireUnsigned(requireDeclared(requireExpert(scoring, call.actor!.personId)));
    requireGoingOn(scoring);
    checkScores(scoring, alias, scores);
    await tx.save(withExpert(scoring, keepDraft(own, alias, scores, reason)));
    await tx.sealDraft(tenderId, own.expertId, { alias, scores });
    return { savedAt: tx.now };
  });
}

export async function result(
  scorings: Scorings,
  { tenderId, page }: RequestOf<typeof getTechnicalResult>,
): Promise<ResponseOf<typeof getTechnicalResult>> {
  const scoring = await scorings.get(tenderId);
  if (scoring.lockedAt === null)
    throw new DomainError('scoring.not-locked', 'Scores show once every sheet is signed.');
  const pages = new Pages(page);
  const signatures = scoring.experts.flatMap(({ expertId, sheets }) =>
    sheets.map((sheet) => ({ expert: expertId, sheet })),
  );
  const lists = {
    results: pages.take(scoring.results, LIST),
    sheets: pages.take(panelSheets(scoring), LIST),
    signatures: pages.take(signatures, LIST),
  };
  return { page, pages: pages.count, lockedAt: scoring.lockedAt, ...lists };
}
