import { describe, expect, it } from '@jest/globals';
import { createTrusteeKey } from '#sealing';
import { random } from './random.js';
import { keyOfText, keyText, NotThisKey } from './trustee-key-file.js';

const TENDER = '019ab0c4-0000-7000-8000-000000000001';
const OTHER = '019ab0c4-0000-7000-8000-000000000002';
const key = createTrusteeKey(random);

describe('what the key file of a trustee holds', () => {
  it('is the key of one tender', () => {
    const text = keyText(TENDER, key);
    expect(keyOfText(text, TENDER)).toEqual(key);
    expect(() => keyOfText(text, OTHER)).toThrow(new NotThisKey('otherTender'));
  });

  it.each(['', 'AGE-SECRET-KEY-1', '{}', `{"tenderId":"${TENDER}","publicKey":"AA","secretKey":"AA"}`])(
    'is not %j',
    (text) => {
      expect(() => keyOfText(text, TENDER)).toThrow(new NotThisKey('noKeyFile'));
    },
  );
});
