import { describe, expect, it } from '@jest/globals';
import { rescueIdentityIn } from './rescue-identity.js';

const identity = (letter: string): string => `AGE-SECRET-KEY-1${letter.repeat(58)}`;
const FILE = `# technical\n${identity('A')}\n# commercial\n${identity('B')}\n`;

describe('a rescue file', () => {
  it('has an identity for each envelope, under its name', () => {
    expect(rescueIdentityIn(FILE, 'technical')).toBe(identity('A'));
    expect(rescueIdentityIn(FILE.replaceAll('\n', '\r\n'), 'commercial')).toBe(identity('B'));
  });

  it('of the program has the one of its envelope', () => {
    expect(rescueIdentityIn(`${identity('C')}\n`, 'technical')).toBe(identity('C'));
  });

  it.each([
    ['nothing', ''],
    ['another envelope', `# technical\n${identity('A')}\n`],
    ['two identities without a name', `${identity('A')}\n${identity('B')}\n`],
    ['an identity that is cut short', `# commercial\n${identity('B').slice(0, 60)}\n`],
  ])('with %s has none', (_name, text) => {
    expect(rescueIdentityIn(text, 'commercial')).toBeUndefined();
  });
});
