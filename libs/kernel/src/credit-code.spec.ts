import { describe, expect, it } from '@jest/globals';
import { creditCodeCheckCharacter, isCreditCode } from './credit-code.js';

const PUBLISHED = '91350100M000100Y43';
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

describe('unified social credit code', () => {
  it('takes the published example', () => {
    expect(isCreditCode(PUBLISHED)).toBe(true);
    expect(creditCodeCheckCharacter(PUBLISHED.slice(0, 17))).toBe('3');
  });

  it('refuses every change of a single character', () => {
    for (let at = 0; at < 18; at++) {
      for (const other of ALPHABET) {
        const changed = `${PUBLISHED.slice(0, at)}${other}${PUBLISHED.slice(at + 1)}`;
        expect([changed, isCreditCode(changed)]).toEqual([changed, changed === PUBLISHED]);
      }
    }
  });

  it('refuses every swap of neighbours that differ', () => {
    for (let at = 0; at < 17; at++) {
      const [a, b] = [PUBLISHED[at]!, PUBLISHED[at + 1]!];
      const swapped = `${PUBLISHED.slice(0, at)}${b}${a}${PUBLISHED.slice(at + 2)}`;
      expect([swapped, isCreditCode(swapped)]).toEqual([swapped, a === b]);
    }
  });

  it.each(['', PUBLISHED.slice(0, 17), `${PUBLISHED}3`, PUBLISHED.toLowerCase(), ` ${PUBLISHED.slice(1)}`])(
    'refuses %j',
    (text) => {
      expect(isCreditCode(text)).toBe(false);
    },
  );

  it.each(['I', 'O', 'S', 'V', 'Z', '１', '-'])('has no character %s', (character) => {
    expect(creditCodeCheckCharacter(character + PUBLISHED.slice(1, 17))).toBeUndefined();
    expect(isCreditCode(PUBLISHED.slice(0, 17) + character)).toBe(false);
  });
});
