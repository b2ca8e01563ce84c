import type { JsonSchema } from './faces.js';

/** Texts that fit the patterns which contracts use, tried in turn. */
const SAMPLES = [
  'x',
  '0198a000-0000-7000-8000-0000000000aa',
  '2027-01-01T00:00:00.000Z',
  'a'.repeat(64),
  '630100',
  'AB12',
  '1',
  'abc',
  'aa.bb.cc',
  '-----BEGIN CERTIFICATE REQUEST-----',
  `AGE-SECRET-KEY-1${'Q'.repeat(58)}`,
];

/** The smallest value that fits a schema. */
export function sample(schema: JsonSchema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf) return sample(schema.anyOf[0]!);
  if (schema.type === 'object') {
    return Object.fromEntries(
      (schema.required ?? []).map((name) => [name, sample(schema.properties![name]!)]),
    );
  }
  if (schema.type === 'array')
    return Array.from({ length: schema.minItems ?? 0 }, () => sample(schema.items ?? {}));
  if (schema.type === 'integer' || schema.type === 'number')
    return Math.max(schema.minimum ?? 1, (schema.exclusiveMinimum ?? 0) + 1);
  if (schema.type === 'boolean') return true;
  return SAMPLES.find((text) => !schema.pattern || new RegExp(schema.pattern).test(text)) ?? 'x';
}
