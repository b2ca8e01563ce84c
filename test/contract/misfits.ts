import type { Json, JsonSchema } from './faces.js';
import { sample } from './sample-body.js';

/** A body that does not fit its schema, and what is wrong with it. */
export interface Misfit {
  readonly what: string;
  readonly body: Json;
}

/** Stands for something very deep until it is sent: to write it as JSON would itself take a recursion. */
const DEEP = '@deep@';

type Put = (value: unknown) => unknown;

const LONE_SURROGATE = '\ud800';
/** Far more than any document here has, and enough to break what reads with recursion. */
const LEVELS = 20_000;

/** A value that fits, with every optional member and one item in every list: all that a schema names is there. */
function full(schema: JsonSchema): unknown {
  if (schema.type === 'object')
    return Object.fromEntries(
      Object.entries(schema.properties ?? {}).map(([name, inner]) => [name, full(inner)]),
    );
  if (schema.type === 'array')
    return Array.from({ length: Math.max(1, schema.minItems ?? 0) }, () => full(schema.items ?? {}));
  return sample(schema);
}

/** One body for each way in which each member of a request, `left` out, can fail to fit. */
export function misfitsOf(schema: JsonSchema, left: readonly string[]): Misfit[] {
  const body = full(schema) as Json;
  return Object.entries(schema.properties ?? {})
    .filter(([name]) => !left.includes(name))
    .flatMap(([name, inner]) => inside(name, inner, body[name], (value) => ({ ...body, [name]: value })));
}

function inside(what: string, schema: JsonSchema, value: unknown, put: Put): Misfit[] {
  const here = wrongValues(schema, value).map(([how, wrong]) => ({
    what: `${what} ${how}`,
    body: put(wrong) as Json,
  }));
  if (schema.type === 'array' && schema.items) {
    const [first, ...rest] = value as unknown[];
    return [...here, ...inside(`${what}[0]`, schema.items, first, (item) => put([item, ...rest]))];
  }
  const members = Object.entries(schema.properties ?? {});
  const object = value as Json;
  return [
    ...here,
    ...members.flatMap(([name, inner]) =>
      inside(`${what}.${name}`, inner, object[name], (member) => put({ ...object, [name]: member })),
    ),
  ];
}

function wrongValues(schema: JsonSchema, value: unknown): [string, unknown][] {
  if (schema.type === 'string') return wrongTexts(schema);
  if (schema.type === 'array') return wrongLists(schema, value as unknown[]);
  if (schema.type === 'object') return wrongObjects(schema, value as Json);
  if (schema.type === 'integer') return wrongNumbers(schema);
  return [['of another type', { other: true }]];
}

function wrongTexts({ maxLength, minLength, enum: values, pattern }: JsonSchema): [string, unknown][] {
  const isFree = values === undefined && pattern === undefined;
  return [
    ['as a number', 7],
    ['as null', null],
    ...(maxLength === undefined ? [] : [['too long', 'x'.repeat(maxLength + 1)] as [string, unknown]]),
    ...(minLength ? [['empty', ''] as [string, unknown]] : []),
    ...(isFree ? [] : [['of another form', 'not!what-it-is'] as [string, unknown]]),
    ['with a zero character', 'a\u0000b'],
    ['with half a character', `a${LONE_SURROGATE}`],
  ];
}

function wrongLists({ maxItems }: JsonSchema, [first]: unknown[]): [string, unknown][] {
  return [
    ['as a text', 'text'],
    ...(maxItems === undefined
      ? []
      : [['too long', Array.from({ length: maxItems + 1 }, () => first)] as [string, unknown]]),
  ];
}

function wrongObjects(schema: JsonSchema, value: Json): [string, unknown][] {
  const missing = (schema.required ?? []).map((name): [string, unknown] => {
    const { [name]: _left, ...rest } = value;
    return [`without ${name}`, rest];
  });
  // An object without named members is one whose members are anybody's: what a database cannot keep is refused alike.
  const isOpen = schema.properties === undefined;
  const free: [string, unknown][] = [
    ['with a zero character in a name', { ...value, 'a\u0000': 1 }],
    ['with half a character inside', { ...value, a: [{ b: LONE_SURROGATE }] }],
    ['endlessly deep', { ...value, a: DEEP }],
  ];
  return [
    ['as a text', 'text'],
    ['as a list', []],
    ...missing,
    ...(isOpen ? free : [['with an unknown member', { ...value, unknownKey: 1 }] as [string, unknown]]),
  ];
}

function wrongNumbers({ minimum, maximum, exclusiveMinimum }: JsonSchema): [string, unknown][] {
  const tooSmall = minimum === undefined ? exclusiveMinimum : minimum - 1;
  return [
    ['as a text', 'text'],
    ['broken', 2.5],
    ...(tooSmall === undefined ? [] : [['too small', tooSmall] as [string, unknown]]),
    ...(maximum === undefined ? [] : [['too large', maximum + 1] as [string, unknown]]),
  ];
}

/** The body as JSON text, with what is endlessly deep written out. */
export const asText = (body: unknown): string =>
  JSON.stringify(body).replace(`"${DEEP}"`, '['.repeat(LEVELS) + ']'.repeat(LEVELS));
