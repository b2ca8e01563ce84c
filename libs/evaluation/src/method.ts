import { DomainError } from '#kernel';
import type { EvaluationErrorCode } from '#contracts';
import { z } from 'zod';
import { benchSchema } from './method-bench.js';
import { bilingual, identifier, nonNegative, positive, rounding, trimTable } from './method-parts.js';
import { scoreSchema } from './method-score.js';

const admitSchema = z.strictObject({
  /** `gt`: a price above it is void; `ge`: an equal one too. */
  ceiling: z.strictObject({ price: positive, voidWhen: z.enum(['gt', 'ge']) }).optional(),
  /** `lt`: a price below it is void; `le`: an equal one too. */
  floor: z.strictObject({ price: positive, voidWhen: z.enum(['lt', 'le']) }).optional(),
  technicalMin: nonNegative.optional(),
  /** With fewer admitted bids than this the evaluation fails. */
  fewerThan: z.strictObject({ bids: z.int().min(1).max(1000), outcome: z.literal('failed') }).optional(),
});

const panelSchema = z.strictObject({
  criteria: z
    .array(z.strictObject({ id: identifier, title: bilingual, max: positive }))
    .min(1)
    .max(200),
  /** Whether the experts' scores are brought together criterion by criterion or as totals of whole sheets. */
  on: z.enum(['criterion', 'totals']),
  aggregate: z.discriminatedUnion('rule', [
    z.strictObject({ rule: z.literal('mean') }),
    z.strictObject({
      rule: z.literal('trimmed-mean'),
      table: trimTable,
      otherwise: z.enum(['mean', 'median']),
    }),
  ]),
  /** Rounding of each aggregated criterion; only with `on: 'criterion'`. */
  criterionRounding: rounding.optional(),
  rounding: rounding.optional(),
  /** A technical score below it is void; one equal to it passes. */
  threshold: nonNegative.optional(),
});

const combineSchema = z.discriminatedUnion('rule', [
  /** Σ score × weight ÷ 100; weights in percent sum to 100. */
  z.strictObject({
    rule: z.literal('weighted-sum'),
    weights: z.strictObject({ price: nonNegative, technical: nonNegative }),
    rounding: rounding.optional(),
  }),
  z.strictObject({
    rule: z.literal('sum'),
    of: z
      .array(z.enum(['price', 'technical']))
      .min(1)
      .max(2),
    rounding: rounding.optional(),
  }),
]);

const rankSchema = z.strictObject({
  /** total ↓, price ↑, technical ↓, receivedAt ↑, draw (order drawn in public). */
  keys: z
    .array(z.enum(['total', 'price', 'technical', 'receivedAt', 'draw']))
    .min(1)
    .max(5),
  /** `rounded`: totals and technical scores equal under `rounding` are equal. */
  ties: z.enum(['exact', 'rounded']),
  rounding: rounding.optional(),
});

/**
 * The evaluation method of a tender as data, published with it. Stages in the order in which they apply: admit,
 * bench, score, panel, combine, rank. Money and scores are decimal text; rounding happens only where declared;
 * unknown keys are refused.
 */
export const methodSchema = z.strictObject({
  v: z.literal(1),
  id: identifier,
  title: bilingual,
  /** The law or publication that the rule comes from. */
  source: z.string().max(500).optional(),
  admit: admitSchema,
  bench: benchSchema.optional(),
  score: scoreSchema,
  panel: panelSchema.optional(),
  combine: combineSchema,
  rank: rankSchema,
});

export type MethodDocument = z.infer<typeof methodSchema>;
export type Method = MethodDocument;
export type Admit = Method['admit'];
export type Panel = NonNullable<Method['panel']>;
export type Combine = Method['combine'];
export type Rank = Method['rank'];
export type RankKey = Rank['keys'][number];

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
  return parseMethod({ ...method, admit: { ...method.admit, ceiling: { price, voidWhen } } });
}
