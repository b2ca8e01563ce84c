import { DomainError, jcs } from '#kernel';
import type { EvaluationErrorCode } from '#contracts';
import { z } from 'zod';
import { evaluationDocument } from './evaluate.js';
import type { EvaluationResult, TraceNode } from './evaluation-types.js';
import { evaluatedSchema, withoutUndefined } from './read-input.js';
import { methodSchema } from './method.js';

/** A stored evaluation; its `result` is only compared, so any JSON may stand there. */
const storedSchema = z.strictObject({
  method: methodSchema,
  ...evaluatedSchema,
  panel: evaluatedSchema.panel.unwrap(),
  draws: evaluatedSchema.draws.unwrap(),
  result: z.looseObject({ trace: z.array(z.unknown()), hash: z.string() }),
});

/**
 * Runs a stored evaluation document again and returns the result, which is then proved equal byte for byte.
 * Throws `evaluation.mismatch` where the document is no evaluation, or where anything differs: `details` names
 * `at` (`trace[3] bench.mean all`, or the first differing member of the result), `stored` and `recomputed`. Refuses
 * as `evaluate` does where the inputs are not valid.
 */
export function recompute(stored: unknown): EvaluationResult {
  const parsed = storedSchema.safeParse(stored);
  if (!parsed.success) {
    const paths = parsed.error.issues.map(({ path }) => path.join('.') || '(document)').join(', ');
    return mismatch(paths, undefined, undefined);
  }
  const { result: was, ...inputs } = parsed.data;
  const document = evaluationDocument(withoutUndefined(inputs));
  const { result } = document;
  compareTrace(result.trace, was.trace);
  const members: Readonly<Record<string, unknown>> = { ...result };
  const before: Readonly<Record<string, unknown>> = was;
  for (const key of [...new Set([...Object.keys(members), ...Object.keys(before)])].sort()) {
    if (key === 'hash' || same(members[key], before[key])) continue;
    mismatch(key, before[key], members[key]);
  }
  if (was.hash !== result.hash) mismatch('hash', was.hash, result.hash);
  return result;
}

function compareTrace(now: readonly TraceNode[], before: readonly unknown[]): void {
  for (let index = 0; index < Math.max(now.length, before.length); index++) {
    const node = now[index];
    if (same(node, before[index])) continue;
    mismatch(
      `trace[${index}] ${node ? `${node.rule} ${node.subject}` : 'beyond the end'}`,
      before[index],
      node,
    );
  }
}

const same = (a: unknown, b: unknown): boolean =>
  a === undefined || b === undefined ? a === b : jcs(a) === jcs(b);

function mismatch(at: string, stored: unknown, recomputed: unknown): never {
  throw new DomainError<EvaluationErrorCode>(
    'evaluation.mismatch',
    `The evaluation does not recompute at: ${at}.`,
    {
      at,
      stored,
      recomputed,
    },
  );
}
