import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { linear, METHODS, methodJsonSchema } from './index.js';

const schema = methodJsonSchema();
const reader = z.fromJSONSchema(schema);

describe('methodJsonSchema', () => {
  it('is a JSON Schema of 2020-12 whose id carries the version of the document', () => {
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: 'urn:sunseal:evaluation:method:1',
      type: 'object',
      additionalProperties: false,
      properties: { v: { const: 1 } },
      required: ['v', 'id', 'title', 'admit', 'score', 'combine', 'rank'],
    });
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
  });

  it.each(METHODS)('takes the ready document $id', (method) => {
    expect(reader.safeParse(method).error).toBeUndefined();
  });

  it.each<[string, object]>([
    ['an unknown key', { ...linear, colour: 1 }],
    ['a number where decimal text is due', { ...linear, score: { rule: 'linear', full: 100 } }],
    ['an unknown rule', { ...linear, score: { rule: 'lottery', full: '100' } }],
    ['another version', { ...linear, v: 2 }],
    ['an exponent', { ...linear, score: { rule: 'linear', full: '1e2' } }],
    ['a missing stage', { ...linear, rank: undefined }],
  ])('refuses %s, as parseMethod does', (_what, document) => {
    expect(reader.safeParse(document).success).toBe(false);
  });
});
