import { z } from 'zod';

/** Decimal text as a person writes it: no exponent, no plus sign, no leading zeros. */
export const decimal = z
  .string()
  .max(40)
  .regex(/^-?(?:0|[1-9]\d*)(?:\.\d+)?$/);
export const nonNegative = decimal.regex(/^\d/);
export const positive = nonNegative.regex(/[1-9]/);

export const bilingual = z.strictObject({ zh: z.string().min(1).max(200), en: z.string().min(1).max(200) });
export const identifier = z
  .string()
  .max(64)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/);

/** Digits after the point (negative: tens, hundreds, …) and what happens to a value in between. */
export const rounding = z.strictObject({
  digits: z.int().min(-12).max(12),
  mode: z.enum(['half-up', 'half-even', 'half-down', 'down', 'up', 'floor', 'ceil']),
});

/** How many values are dropped at each end when there are `from` to `to` of them (`to: null`: or more). */
const trimRow = z.strictObject({
  from: z.int().min(1),
  to: z.int().min(1).nullable(),
  dropLow: z.int().min(0),
  dropHigh: z.int().min(0),
});
export type TrimRow = z.infer<typeof trimRow>;

export const trimTable = z.array(trimRow).min(1).max(20);
