import { createHash } from 'node:crypto';
import { DomainError } from '#kernel';
import { checkCertificate, type RequestOf, type ResponseOf, scoreSheet, type signSheet } from '#contracts';
import { verifyJson } from '#pki';
import type { Call } from '#service';
import { lockedParts, lockWhenComplete } from '../domain/lock-scores.js';
import {
  addPiece,
  checkSheet,
  requireDeclared,
  requireExpert,
  requireGoingOn,
  requireUnsigned,
  type Scoring,
  withExpert,
} from '../domain/scoring.js';
import type { ScoringPorts } from './scoring-ports.js';
import type { ScoringTransaction } from './scorings.port.js';

/**
 * Takes a signed sheet, or a piece of one; with the last piece of the last one that is waited for the scores are locked,
 * in the same transaction.
 */
export async function sign(
  { scorings, requests, authorityPem }: ScoringPorts,
  { tenderId, sheet, isPartial }: RequestOf<typeof signSheet>,
  call: Call,
): Promise<ResponseOf<typeof signSheet>> {
  return scorings.transact(call, async (tx) => {
    const scoring = await tx.load(tenderId);
    const own = requireUnsigned(requireDeclared(requireExpert(scoring, call.actor!.personId)));
    requireGoingOn(scoring);
    const signed = await verifyJson(sheet, { authorityPem, at: tx.now, typ: 'sunseal-score-sheet' });
    const owner = await requests.ask(checkCertificate, { certificateSha256: signed.certificate.sha256 });
    if (!owner.isValid || owner.personId !== own.expertId) {
      throw new DomainError('signature.invalid', 'The sheet is not signed with your certificate.');
    }
    const parsed = scoreSheet.safeParse(signed.payload);
    if (!parsed.success || parsed.data.tenderId !== tenderId) {
      throw new DomainError('signature.malformed', 'What was signed is not a score sheet of this tender.');
    }
    const piece = addPiece(scoring, own, { sheet, scores: parsed.data.scores });
    if (!isPartial) checkSheet(scoring, piece.scores);
    else requireSome(parsed.data.scores);
    const done = { ...piece, signedAt: isPartial ? null : tx.now };
    const next = lockWhenComplete(withExpert(scoring, done), tx.now);
    await tx.save(next);
    const sheetSha256 = createHash('sha256').update(sheet).digest('hex');
    await tx.tell(tenderId, { type: 'sheet-signed', data: { sheetSha256 } });
    await tellLocked(tx, scoring, next);
    return { signedAt: tx.now, isLocked: next.stage === 'locked' };
  });
}

/** Each piece brings the sheet on: there are no more of them than bids. */
function requireSome(scores: Readonly<Record<string, unknown>>): void {
  if (Object.keys(scores).length > 0) return;
  throw new DomainError('sheet.incomplete', 'This piece of the sheet has no marks.');
}

export async function tellLocked(tx: ScoringTransaction, before: Scoring, after: Scoring): Promise<void> {
  if (before.stage === 'locked' || after.stage !== 'locked') return;
  for (const data of lockedParts(after)) await tx.tell(after.tenderId, { type: 'scores-locked', data });
}
