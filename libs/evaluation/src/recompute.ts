import { DomainError, jcs } from '#kernel';
import type { EvaluationErrorCode } from '#contracts';
import { z } from 'zod';
import { evaluationDocument } from './evaluate.js';
import type { Bid, EvaluationResult, TraceNode } from './evaluation-types.js';
import { methodSchema } from './method.js';

const text = z.string();
/** The inputs of a stored evaluation; its `result` is only compared, so any JSON may stand there. */
const storedSchema = z.strictObject({
  method: methodSchema,
  bids: z.array(
    z.strictObject({
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
    }),
  ),
  panel: z.array(z.strictObject({ expert: text, bid: text, scores: z.record(text, text) })),
  draws: z.strictObject({ numbers: z.record(text, text).optional(), order: z.array(text).optional() }),
  result: z.looseObject({ trace: z.array(z.unknown()), hash: text }),
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
  const document = evaluationDocument({
    method: inputs.method,
    bids: inputs.bids.map(defined),
    panel: inputs.panel,
    draws: {
      ...(inputs.draws.numbers ? { numbers: inputs.draws.numbers } : {}),
      ...(inputs.draws.order ? { order: inputs.draws.order } : {}),
    },
  });
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

type StoredBid = z.infer<typeof storedSchema>['bids'][number];

/** Leaves out what is not there: the types tell absent from undefined. */
function defined(stored: StoredBid): Bid {
  const { id, price, technical, receivedAt, figures, series, labels, items, bill, rejected } = stored;
  return {
    id,
    price,
    ...(technical === undefined ? {} : { technical }),
    ...(receivedAt === undefined ? {} : { receivedAt }),
    ...(figures === undefined ? {} : { figures }),
    ...(series === undefined ? {} : { series }),
    ...(labels === undefined ? {} : { labels }),
    ...(items === undefined
      ? {}
      : {
          items: items.map(({ amount, ...item }) => ({
            ...item,
            ...(amount === undefined ? {} : { amount }),
          })),
        }),
    ...(bill === undefined ? {} : { bill }),
    ...(rejected === undefined ? {} : { rejected }),
  };
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
