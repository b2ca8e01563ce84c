import { alias, jws, sha256Hex, uuid } from '#contracts';
import { type Face, type Json, type JsonSchema, jsonSchemaOf, schemaOf } from './faces.js';

/** A place in a body where a text stands, through names and first items of lists. */
export interface Leaf {
  readonly path: readonly (string | 0)[];
  /** Its last name, as `manifestSha256` or `trusteeIds`. */
  readonly name: string;
}

/** One where an id stands. */
export interface IdLeaf extends Leaf {
  /** Well formed, and of nothing. */
  readonly unknown: string;
}

export const UNKNOWN_UUID = '0198a000-0000-7000-8000-00000000dead';

/** No alias is drawn with I or O. */
const UNKNOWN = new Map([
  [jsonSchemaOf(uuid).pattern, UNKNOWN_UUID],
  [jsonSchemaOf(sha256Hex).pattern, 'dead'.repeat(16)],
  [jsonSchemaOf(alias).pattern, 'IO00'],
]);

/** `after` names a place in the order of a list, not a thing; the template's id is the one id without a form. */
function unknownFor(name: string, { pattern }: JsonSchema): string | undefined {
  if (name === 'after') return undefined;
  return name === 'templateId' ? 'no-such-template' : UNKNOWN.get(pattern);
}

/** Every id that a request can name, found by the patterns of its schema. */
export const idLeavesOf = (face: Face): IdLeaf[] =>
  leaves(schemaOf(face), []).flatMap(({ schema, ...leaf }) => {
    const unknown = unknownFor(leaf.name, schema);
    return unknown === undefined ? [] : [{ ...leaf, unknown }];
  });

const SIGNED = jsonSchemaOf(jws).pattern;

/** Every place of a request where a signed document stands. */
export const signedLeavesOf = (face: Face): Leaf[] =>
  leaves(schemaOf(face), []).filter(({ schema }) => schema.pattern === SIGNED);

function leaves(schema: JsonSchema, path: Leaf['path']): (Leaf & { readonly schema: JsonSchema })[] {
  const named = Object.entries(schema.properties ?? {}).flatMap(([name, inner]) =>
    leaves(inner, [...path, name]),
  );
  const listed = schema.items ? leaves(schema.items, [...path, 0]) : [];
  const name = path.findLast((step) => typeof step === 'string') ?? '';
  return [...named, ...listed, ...(schema.type === 'string' ? [{ path, name, schema }] : [])];
}

/** What stands at a leaf. */
export const valueAt = (body: Json, { path }: Leaf): unknown =>
  path.reduce<unknown>((at, step) => (at as Json | undefined)?.[step], body);

/** The body with another value at a leaf; undefined where the body has no such place. */
export function withValue(body: Json, { path }: Leaf, value: unknown): Json | undefined {
  const copy = structuredClone(body);
  const at = valueAt(copy, { path: path.slice(0, -1), name: '' });
  const last = path.at(-1)!;
  if (typeof at !== 'object' || at === null || (last === 0 && (at as unknown[]).length === 0))
    return undefined;
  (at as Json)[last] = value;
  return copy;
}
