import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { evaluate, type EvaluationInput } from './index.js';

const read = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), 'utf8')) as T;

describe('results that were published', () => {
  const hashes = read<Record<string, string[]>>('stable-hashes');
  const vectors = [...read<Vector[]>('published'), ...read<Vector[]>('traps')];

  it.each(Object.keys(hashes))('%s keeps the hash that its first release gave it', (id) => {
    const cases = vectors.find((vector) => vector.id === id)?.cases ?? [];
    expect(
      cases.map(({ method, bids, panel, draws }) => evaluate({ method, bids, panel, draws }).hash),
    ).toEqual(hashes[id]);
  });
});

interface Vector {
  readonly id: string;
  readonly cases: readonly Required<EvaluationInput>[];
}
