import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DomainError, jcsBytes } from '#kernel';
import type { getRobustness, RequestOf, ResponseOf } from '#contracts';
import { type EvaluationDocument, type Robustness, robustnessOf, trialsOf, winnerOf } from '#evaluation';
import type { Call } from '#service';
import { requireResult } from '../domain/correct-evaluation.js';
import { versionOf } from '../domain/run-evaluation.js';
import type { EvaluationPorts } from './evaluation-ports.js';

/**
 * Makes the reports that are missing, one variation after the other, with turns for others between them. The work is done
 * outside transactions; two processes at once do it twice and keep it once.
 */
export async function reportDue(
  { evaluations }: EvaluationPorts,
  call: Call,
  signal: AbortSignal,
): Promise<void> {
  for (const { tenderId, version } of await evaluations.unreported()) {
    const made = await evaluations.version(tenderId, version);
    const report = made && (await tryAll(made.document, signal));
    if (!report) return;
    await evaluations.transact(call, async (tx) => {
      if (!(await tx.addRobustness(tenderId, version, report))) return null;
      const { hash } = made.document.result;
      const reportSha256 = createHash('sha256').update(jcsBytes(report)).digest('hex');
      const [tried, sensitive] = [report.variations.length, report.sensitive.length];
      const data = { version, hash, tried, sensitive, reportSha256 };
      await tx.tell(tenderId, { type: 'robustness-reported', data });
      return null;
    });
  }
}

async function tryAll(
  { result, ...input }: EvaluationDocument,
  signal: AbortSignal,
): Promise<Robustness | null> {
  const winner = winnerOf(result);
  const variations = [];
  for (const trial of trialsOf(input, winner)) {
    await nextTurn();
    if (signal.aborted) return null;
    variations.push(trial());
  }
  return robustnessOf(winner, variations);
}

/** Throws `evaluation.not-yet`, `evaluation.version-unknown`, `report.not-yet`. */
export async function readRobustness(
  { evaluations }: EvaluationPorts,
  { tenderId, version: asked }: RequestOf<typeof getRobustness>,
): Promise<ResponseOf<typeof getRobustness>> {
  const evaluation = await evaluations.get(tenderId);
  requireResult(evaluation);
  const version = asked ?? versionOf(evaluation);
  const made = await evaluations.version(tenderId, version);
  if (!made)
    throw new DomainError('evaluation.version-unknown', `There is no version ${version}.`, { version });
  if (!made.robustness)
    throw new DomainError('report.not-yet', 'The report is being made; ask again in a moment.');
  const { winner, variations, sensitive } = made.robustness;
  const { hash } = made.document.result;
  return { version, hash, winner, variations: [...variations], sensitive: [...sensitive] };
}
