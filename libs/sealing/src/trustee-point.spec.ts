import { describe, expect, it } from '@jest/globals';
import { refusalOf } from '../test-support/committee.js';
import { randomStream } from '../test-support/random-stream.js';
import { encodePoint, G, pointBytes, randomScalar, times, ZERO } from './group.js';
import { trusteePoint } from './trustee-point.js';

const random = randomStream('trustee point');
const key = (): string => encodePoint(times(G, randomScalar(random)));

describe('a trustee’s public key', () => {
  it('is the same point with its bytes every time, also when more keys came in between than are remembered', () => {
    const first = key();
    const before = trusteePoint(first);
    for (let i = 0; i < 600; i++) trusteePoint(key());
    const after = trusteePoint(first);
    expect(after.bytes).toEqual(before.bytes);
    expect(pointBytes(after.point)).toEqual(after.bytes);
  });

  it('that is not canonical is refused every time', async () => {
    for (const text of [encodePoint(ZERO), 'A'.repeat(42), `${key().slice(0, 42)}_`]) {
      for (let time = 0; time < 2; time++) {
        expect(await refusalOf(() => trusteePoint(text))).toBe('point.not-canonical');
      }
    }
  });
});
