import { describe, expect, it } from '@jest/globals';
import { en } from './en/index.js';
import { zh } from './zh/index.js';

const leaves = (value: object, path = ''): [string, string][] =>
  Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    typeof inner === 'string' ? [[`${path}${key}`, inner]] : leaves(inner as object, `${path}${key} › `),
  );
const places = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name!).sort();

describe('the two languages of the portal', () => {
  const chinese = new Map(leaves(zh));
  const english = new Map(leaves(en));

  it('say the same things', () => {
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('fill in the same values', () => {
    for (const [key, text] of chinese) expect([key, places(text)]).toEqual([key, places(english.get(key)!)]);
  });

  it('leave nothing empty, and no English sentence in the Chinese', () => {
    for (const [key, text] of chinese) expect([key, /[㐀-鿿]/.test(text)]).toEqual([key, true]);
    for (const [key, text] of english) expect([key, text.trim() !== '']).toEqual([key, true]);
  });
});
