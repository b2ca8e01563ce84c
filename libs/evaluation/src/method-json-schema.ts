import { z } from 'zod';
import { methodSchema } from './method.js';

/**
 * The form of a method document as JSON Schema (2020-12), for editors and other languages; `$id` carries the version of
 * the document (`v`). It says what {@link methodSchema} says: form, not sense, which is `checkMethod`'s. Additions of
 * optional members keep the version.
 */
export function methodJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...schema } = z.toJSONSchema(methodSchema, { io: 'input' });
  return {
    $schema,
    $id: 'urn:sunseal:evaluation:method:1',
    title: 'Sunseal evaluation method, version 1',
    ...schema,
  };
}
