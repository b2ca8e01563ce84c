import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { methodJsonSchema } from './index.js';

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
}

const page = readFileSync('docs/protocol/evaluation.md', 'utf8');
/** Words in code, before the example: what stands there alone explains nothing. */
const documented = new Set(
  [...page.slice(0, page.indexOf('## A complete example')).matchAll(/`([^`]+)`/g)].flatMap(
    ([, code]) => code!.match(/[A-Za-z][\w-]*/g) ?? [],
  ),
);

/** Every name and word that a method document can hold, wherever in the schema it stands. */
function namesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(namesIn);
  const { properties, const: one, enum: some, ...rest } = value as Schema;
  return [
    ...Object.entries(properties ?? {}).flatMap(([name, inner]) => [name, ...namesIn(inner)]),
    ...[one, ...(some ?? [])].filter((word) => typeof word === 'string'),
    ...Object.values(rest).flatMap(namesIn),
  ];
}

describe('the page about evaluation', () => {
  it('names every member and every word of a method document', () => {
    const names = new Set(namesIn(methodJsonSchema()));
    expect(names.size).toBeGreaterThan(150);
    expect([...names].filter((name) => !documented.has(name))).toEqual([]);
  });
});
