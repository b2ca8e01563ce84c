import { z } from 'zod';
import { refuseInput } from './evaluation-input.js';
import type { Bid, Draws, EvaluationInput, ScoreSheet } from './evaluation-types.js';
import { parseMethod, type Method } from './method.js';

const text = z.string();
const bid = z.strictObject({
  id: text,
  price: text,
  technical: text.optional(),
  receivedAt: text.optional(),
  figures: z.record(text, text).optional(),
  series: z.record(text, z.array(text)).optional(),
  labels: z.record(text, text).optional(),
  items: z
    .array(z.strictObject({ id: text, quantity: text, unitPrice: text, amount: text.optional() }))
    .optional(),
  bill: z
    .strictObject({
      corrected: text.nullable(),
      reason: z.enum(['items-invalid', 'items-differ']).nullable(),
    })
    .optional(),
  rejected: z.literal(true).optional(),
});
const sheet = z.strictObject({ expert: text, bid: text, scores: z.record(text, text) });
const draws = z.strictObject({
  numbers: z.record(text, text).optional(),
  order: z.array(text).optional(),
});

/** What a method is run over, as it stands in documents: form alone, unknown keys are refused. */
export const evaluatedSchema = {
  bids: z.array(bid),
  panel: z.array(sheet).optional(),
  draws: draws.optional(),
};
const inputSchema = z.strictObject({ method: z.unknown(), ...evaluatedSchema });

interface Read {
  readonly method: Method;
  readonly bids: readonly z.infer<typeof bid>[];
  readonly panel?: readonly ScoreSheet[] | undefined;
  readonly draws?: z.infer<typeof draws> | undefined;
}

/**
 * Reads `{method, bids, panel?, draws?}` from JSON. Guarantees the form; what the numbers say is judged by `evaluate`.
 * Throws `method.invalid`, and `evaluation.input-invalid` with the `paths` that are wrong.
 */
export function parseEvaluationInput(json: unknown): EvaluationInput {
  const parsed = inputSchema.safeParse(json);
  if (!parsed.success) {
    const paths = parsed.error.issues.map(({ path }) => path.join('.') || '(document)');
    refuseInput(`The document is wrong at: ${paths.join(', ')}.`, { paths });
  }
  const { method, ...rest } = parsed.data;
  return withoutUndefined({ method: parseMethod(method), ...rest });
}

/** Leaves out what is not there: the types tell absent from undefined. */
export function withoutUndefined({ method, bids, panel, draws: drawn }: Read): EvaluationInput {
  return {
    method,
    bids: bids.map(
      (one) => ({ ...defined(one), ...(one.items ? { items: one.items.map(defined) } : {}) }) as Bid,
    ),
    ...(panel ? { panel } : {}),
    ...(drawn ? { draws: defined(drawn) as Draws } : {}),
  };
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

const defined = <T extends object>(value: T): Defined<T> =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Defined<T>;
