import { describe, expect, it } from '@jest/globals';
import { ERRORS } from '#contracts';
import { problemsIn } from './index.js';

/** What only a browser can find out. */
const OWN = ['network.unreachable'];

describe('refusals in the portal', () => {
  it('are all told, and no others, in the words of the reader', () => {
    expect(Object.keys(problemsIn('zh')).sort()).toEqual([...Object.keys(ERRORS), ...OWN].sort());
    expect(Object.keys(problemsIn('en')).sort()).toEqual([...Object.keys(ERRORS), ...OWN].sort());
  });
});
