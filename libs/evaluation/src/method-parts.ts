import { z } from 'zod';

const text = z.string().max(40);
/** Decimal text as a person writes it: no exponent, no plus sign, no leading zeros. */
export const decimal = text.regex(/^-?(?:0|[1-9]\d*)(?:\.\d+)?$/).meta({ id: 'decimal' });
export const nonNegative = text.regex(/^(?:0|[1-9]\d*)(?:\.\d+)?$/).meta({ id: 'nonNegative' });
export const positive = text.regex(/^(?=.*[1-9])(?:0|[1-9]\d*)(?:\.\d+)?$/).meta({ id: 'positive' });

export const bilingual = z
  .strictObject({ zh: z.string().min(1).max(200), en: z.string().min(1).max(200) })
  .meta({ id: 'bilingual' });
export const identifier = z
  .string()
  .max(64)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/)
  .meta({ id: 'identifier' });

/** Digits after the point (negative: tens, hundreds, …) and what happens to a value in between. */
export const rounding = z
  .strictObject({
    digits: z.int().min(-12).max(12),
    mode: z.enum(['half-up', 'half-even', 'half-down', 'down', 'up', 'floor', 'ceil']),
  })
  .meta({ id: 'rounding' });

/** How many values are dropped at each end when there are `from` to `to` of them (`to: null`: or more). */
const trimRow = z.strictObject({
  from: z.int().min(1),
  to: z.int().min(1).nullable(),
  dropLow: z.int().min(0),
  dropHigh: z.int().min(0),
});
export type TrimRow = z.infer<typeof trimRow>;

export const trimTable = z.array(trimRow).min(1).max(20).meta({ id: 'trimTable' });
