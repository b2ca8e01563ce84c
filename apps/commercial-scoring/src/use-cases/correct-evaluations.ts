import { randomUUID } from 'node:crypto';
import type { decideCorrection, getCorrections, proposeCorrection, RequestOf, ResponseOf } from '#contracts';
import type { Call } from '#service';
import * as correcting from '../domain/correct-evaluation.js';
import type { Correction } from '../domain/correction.js';
import { versionOf } from '../domain/run-evaluation.js';
import { tellRanking } from './evaluate-offers.js';
import type { EvaluationPorts } from './evaluation-ports.js';
import { requireBuyer } from './require-part.js';

type View = ResponseOf<typeof proposeCorrection>;
const viewOf = (one: Correction): View => JSON.parse(JSON.stringify(one)) as View;

export async function readCorrections(
  { evaluations }: EvaluationPorts,
  { tenderId }: RequestOf<typeof getCorrections>,
): Promise<ResponseOf<typeof getCorrections>> {
  const evaluation = await evaluations.get(tenderId);
  const { hash } = correcting.requireResult(evaluation).result;
  const { proposal = null, corrections = [] } = evaluation;
  return {
    version: versionOf(evaluation),
    hash,
    proposal: proposal && viewOf(proposal),
    corrections: corrections.map(viewOf),
  };
}

export async function propose(
  { evaluations, bills }: EvaluationPorts,
  { tenderId, changes, reason }: RequestOf<typeof proposeCorrection>,
  call: Call,
): Promise<View> {
  await requireBuyer(bills, tenderId, call);
  return evaluations.transact(call, async (tx) => {
    const correction: Correction = {
      correctionId: randomUUID(),
      changes,
      reason,
      proposedBy: call.actor!.personId,
      proposedAt: tx.now,
      confirmedBy: null,
      confirmedAt: null,
    };
    await tx.save(correcting.proposeCorrection(await tx.load(tenderId), correction));
    const { correctionId } = correction;
    await tx.tell(tenderId, { type: 'correction-proposed', data: { correctionId, changes, reason } });
    return viewOf(correction);
  });
}

export async function decide(
  { evaluations }: EvaluationPorts,
  { tenderId, correctionId, isConfirmed, reason }: RequestOf<typeof decideCorrection>,
  call: Call,
): Promise<ResponseOf<typeof decideCorrection>> {
  return evaluations.transact(call, async (tx) => {
    const before = await tx.load(tenderId);
    const { personId } = call.actor!;
    if (!isConfirmed) {
      const after = correcting.refuseCorrection(before, correctionId);
      await tx.save(after);
      await tx.tell(tenderId, { type: 'correction-refused', data: { correctionId, reason } });
      return { version: versionOf(after), hash: after.document!.result.hash };
    }
    const after = correcting.confirmCorrection(before, correctionId, { personId, now: tx.now });
    const version = versionOf(after);
    const { hash } = after.document!.result;
    const previousHash = before.document!.result.hash;
    const why = { reason: before.proposal!.reason, confirmation: reason };
    await tx.save(after);
    const data = { correctionId, version, previousHash, hash, ...why };
    await tx.tell(tenderId, { type: 'evaluation-corrected', data });
    await tellRanking(tx, after);
    return { version, hash };
  });
}
