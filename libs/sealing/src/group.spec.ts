import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { fromHex, toBase64Url, toHex } from '#kernel';
import { randomStream } from '../test-support/random-stream.js';
import {
  decodePoint,
  differencePublic,
  decodeScalar,
  encodePoint,
  encodeScalar,
  G,
  H,
  hashToScalar,
  invert,
  mod,
  ORDER,
  pointBytes,
  randomScalar,
  scalarBytes,
  times,
  timesPublic,
  ZERO,
} from './group.js';

interface Rfc9496 {
  readonly multiplesOfGenerator: readonly string[];
  readonly invalidEncodings: Readonly<Record<string, readonly string[]>>;
}

const rfc = JSON.parse(readFileSync(new URL('../vectors/rfc9496.json', import.meta.url), 'utf8')) as Rfc9496;
const text = (hex: string): string => toBase64Url(fromHex(hex));
const notCanonicalPoint = expect.objectContaining({ code: 'point.not-canonical' });
const notCanonicalScalar = expect.objectContaining({ code: 'scalar.not-canonical' });

describe('points', () => {
  it.each(rfc.multiplesOfGenerator.map((hex, n) => [n, hex] as const))(
    'encodes %i times the generator as RFC 9496 A.1 does',
    (n, hex) => {
      expect(toHex(pointBytes(times(G, BigInt(n))))).toBe(hex);
      expect(toHex(pointBytes(timesPublic(G, BigInt(n))))).toBe(hex);
      if (n > 0) expect(encodePoint(decodePoint(text(hex)))).toBe(text(hex));
    },
  );

  it.each(
    Object.entries(rfc.invalidEncodings).flatMap(([kind, list]) => list.map((hex) => [kind, hex] as const)),
  )('refuses the invalid encoding of RFC 9496 A.2 (%s) %s', (_kind, hex) => {
    expect(() => decodePoint(text(hex))).toThrow(notCanonicalPoint);
  });

  it('refuses the identity', () => {
    expect(() => decodePoint(encodePoint(ZERO))).toThrow(notCanonicalPoint);
  });

  it.each([
    ['another length', encodePoint(G).slice(0, 42)],
    ['padding', `${encodePoint(G)}=`],
    ['bits beyond the 256th', `${encodePoint(G).slice(0, 42)}${encodePoint(G).endsWith('Y') ? 'Z' : 'B'}`],
    ['no text', 7],
    ['nothing', undefined],
    ['characters of plain base64', encodePoint(G).replace(/./, '+')],
  ])('refuses %s', (_what, value) => {
    expect(() => decodePoint(value)).toThrow(notCanonicalPoint);
  });

  it('has a second generator other than the first and its small multiples', () => {
    expect(rfc.multiplesOfGenerator).not.toContain(toHex(pointBytes(H)));
    expect(
      timesPublic(H, ORDER - 1n)
        .add(H)
        .is0(),
    ).toBe(true);
  });
});

describe('scalars', () => {
  it('are 32 bytes little-endian below the order', () => {
    expect(toHex(scalarBytes(258n))).toBe(`0201${'00'.repeat(30)}`);
    expect(decodeScalar(encodeScalar(ORDER - 1n))).toBe(ORDER - 1n);
    expect(decodeScalar(encodeScalar(0n))).toBe(0n);
  });

  it.each([ORDER, ORDER + 1n, 2n ** 256n - 1n])(
    'refuses the number %s, which is not below the order',
    (n) => {
      const bytes = fromHex(n.toString(16).padStart(64, '0')).reverse();
      expect(() => decodeScalar(toBase64Url(bytes))).toThrow(notCanonicalScalar);
    },
  );

  it('inverts and reduces', () => {
    const n = randomScalar(randomStream('scalars'));
    expect(mod(n * invert(n))).toBe(1n);
    expect(mod(-1n)).toBe(ORDER - 1n);
  });

  it('draws again where chance gave zero, and refuses a source that gives too little', () => {
    const draws = [new Uint8Array(64), new Uint8Array(64).fill(1)];
    expect(randomScalar(() => draws.shift()!)).not.toBe(0n);
    expect(() => randomScalar(() => new Uint8Array(8))).toThrow('random bytes');
  });

  it('hashes parts with their lengths, so that moving a boundary changes the hash', () => {
    const [a, b] = [Uint8Array.of(1, 2), Uint8Array.of(3)];
    const [c, d] = [Uint8Array.of(1), Uint8Array.of(2, 3)];
    expect(hashToScalar('label', a, b)).not.toBe(hashToScalar('label', c, d));
    expect(hashToScalar('label', a)).not.toBe(hashToScalar('other', a));
  });
});

describe('a difference of two multiples', () => {
  it('is what the multiples give one by one, with zero and the identity too', () => {
    const random = randomStream('difference');
    const scalars = [0n, 1n, ORDER - 1n, randomScalar(random), randomScalar(random)];
    const points = [G, H, ZERO, times(G, randomScalar(random))];
    for (const m of scalars)
      for (const n of scalars)
        for (const p of points) {
          const expected = timesPublic(p, m).subtract(timesPublic(H, n));
          expect(pointBytes(differencePublic(m, p, n, H))).toEqual(pointBytes(expected));
        }
  });
});
