import { DomainError } from '#kernel';
import type { EvaluationErrorCode } from '#contracts';
import { z } from 'zod';
import { benchSchema } from './method-bench.js';
import { admitSchema } from './method-admit.js';
import { adjustSchema } from './method-adjust.js';
import { awardSchema } from './method-award.js';
import { combineSchema } from './method-combine.js';
import { correctSchema } from './method-correct.js';
import { flagsSchema } from './method-flags.js';
import { drawsSchema } from './method-draws.js';
import { inputsSchema } from './method-inputs.js';
import { panelSchema } from './method-panel.js';
import { bilingual, identifier } from './method-parts.js';
import { rankSchema } from './method-rank.js';
import { scoreSchema } from './method-score.js';

/**
 * The evaluation method of a tender as data, published with it. Stages in the order in which they apply: correct,
 * admit, adjust, bench, score, panel, combine, rank, award, flags; `inputs` says what bidders state beside the price, `draws` what
 * numbers are drawn among.
 * Money and scores are decimal text; rounding happens only where declared; unknown keys are refused.
 */
export const methodSchema = z.strictObject({
  v: z.literal(1),
  id: identifier,
  title: bilingual,
  /** The law or publication that the rule comes from. */
  source: z.string().max(500).optional(),
  inputs: inputsSchema.optional(),
  draws: drawsSchema.optional(),
  correct: correctSchema.optional(),
  admit: admitSchema,
  adjust: adjustSchema.optional(),
  bench: benchSchema.optional(),
  score: scoreSchema,
  panel: panelSchema.optional(),
  combine: combineSchema,
  rank: rankSchema,
  award: awardSchema.optional(),
  flags: flagsSchema.optional(),
});

export type MethodDocument = z.infer<typeof methodSchema>;
export type Method = MethodDocument;
/**
 * Reads a method document. Guarantees its form, not its sense: see `checkMethod`.
 * Throws `method.invalid` with `details.issues: {path, message}[]`.
 */
export function parseMethod(json: unknown): Method {
  const parsed = methodSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  const paths = issues.map(({ path }) => path || '(document)').join(', ');
  throw new DomainError<EvaluationErrorCode>('method.invalid', `The method document is wrong at: ${paths}.`, {
    issues,
  });
}

/** The same method with the tender's ceiling price; an equal price stays void (`ge`) where the method had it so. */
export function withCeiling(
  method: Method,
  price: string,
  voidWhen: 'gt' | 'ge' = method.admit.ceiling?.voidWhen ?? 'gt',
): Method {
  return parseMethod({
    ...method,
    admit: { ...method.admit, ceiling: { ...method.admit.ceiling, price, voidWhen } },
  });
}
