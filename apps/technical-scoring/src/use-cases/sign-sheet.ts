import { createHash } from 'node:crypto';
import { DomainError } from '#kernel';
import { checkCertificate, type RequestOf, type ResponseOf, scoreSheet, type signSheet } from '#contracts';
import { verifyJson } from '#pki';
import type { Call } from '#service';
import { lockWhenComplete, panelSheets } from '../domain/lock-scores.js';
import {
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

/** Takes the signed sheet; the last one that is waited for locks the scores in the same transaction. */
export async function sign(
  { scorings, requests, authorityPem }: ScoringPorts,
  { tenderId, sheet }: RequestOf<typeof signSheet>,
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
    checkSheet(scoring, parsed.data.scores);
    const done = { ...own, signedAt: tx.now, sheet, scores: parsed.data.scores };
    const next = lockWhenComplete(withExpert(scoring, done), tx.now);
    await tx.save(next);
    const sheetSha256 = createHash('sha256').update(sheet).digest('hex');
    await tx.tell(tenderId, { type: 'sheet-signed', data: { sheetSha256 } });
    await tellLocked(tx, scoring, next);
    return { signedAt: tx.now, isLocked: next.stage === 'locked' };
  });
}

export async function tellLocked(tx: ScoringTransaction, before: Scoring, after: Scoring): Promise<void> {
  if (before.stage === 'locked' || after.stage !== 'locked') return;
  const data = { results: after.results, sheets: panelSheets(after) };
  await tx.tell(after.tenderId, { type: 'scores-locked', data });
}
