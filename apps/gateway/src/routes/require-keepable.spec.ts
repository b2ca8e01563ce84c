import { describe, expect, it } from '@jest/globals';
import { requireKeepable } from './require-keepable.js';

const nested = (levels: number): unknown =>
  JSON.parse(`${'{"a":['.repeat(levels / 2)}1${']}'.repeat(levels / 2)}`);
const malformed = expect.objectContaining({ code: 'request.malformed' });

describe('what nothing can keep', () => {
  it('lets every text and number of people pass', () => {
    expect(() =>
      requireKeepable({ a: '湟水 𠮷 \t\n', b: [1, null, true, { é: '' }], c: undefined }),
    ).not.toThrow();
  });

  it('is a zero character or half a character, in a text or in a name, however deep', () => {
    for (const text of ['\u0000', 'a\u0000b', '\ud800', 'a\udc00', '\udc00\ud800']) {
      for (const value of [text, { [text]: 1 }, [[{ a: [text] }]]])
        expect(() => requireKeepable(value)).toThrow(malformed);
    }
  });

  it('is nesting beyond 64 levels, also where a recursion would end the program', () => {
    expect(() => requireKeepable(nested(64))).not.toThrow();
    for (const levels of [66, 200_000]) expect(() => requireKeepable(nested(levels))).toThrow(malformed);
  });
});
