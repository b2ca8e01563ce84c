import { describe, expect, it } from '@jest/globals';
import { createSigner } from '#ledger';
import { parseLowerCentres } from './lower-centres-file.js';

const keyOf = (name: string, seed = 1): string =>
  createSigner(name, new Uint8Array(32).fill(seed)).verifier.verifierKey;
const centre = (regionCode: string, name: string, changes: object = {}) => ({
  regionCode,
  url: 'https://lower.example/ledger/',
  verifierKeys: [keyOf(name)],
  ...changes,
});
const parse = (centres: readonly object[]) => parseLowerCentres(JSON.stringify(centres), '630100');

describe('the file of lower centres', () => {
  it('names regions below the own one, with address and key', () => {
    const found = parse([centre('630121', 'a.example/l'), centre('630123100', 'b.example/l')]);
    expect(found.map(({ regionCode, origin }) => [regionCode, origin])).toEqual([
      ['630121', 'a.example/l'],
      ['630123100', 'b.example/l'],
    ]);
  });

  it('may name two keys of one ledger, while it changes its key', () => {
    const verifierKeys = [keyOf('a.example/l'), keyOf('a.example/l', 2)];
    expect(parse([centre('630121', 'a', { verifierKeys })])[0]!.verifiers).toHaveLength(2);
    const mixed = [keyOf('a.example/l'), keyOf('b.example/l')];
    expect(() => parse([centre('630121', 'a', { verifierKeys: mixed })])).toThrow('differ in name');
  });

  it.each(['630100', '630000', '630200', '64', '630121000'])(
    'refuses %s: a centre follows what is below it alone, so that no two follow each other',
    (regionCode) => {
      expect(() => parse([centre(regionCode, 'a.example/l')])).toThrow('no region below 630100');
    },
  );

  it('refuses one ledger twice, other protocols, unknown members and more than a hundred', () => {
    expect(() => parse([centre('630121', 'a'), centre('630123', 'a')])).toThrow('a is listed twice');
    expect(() => parse([centre('630121', 'a', { url: 'file:///etc' })])).toThrow();
    expect(() => parse([centre('630121', 'a', { key: 'x' })])).toThrow();
    expect(() => parse(Array.from({ length: 101 }, (_, i) => centre('630121', `l${i}`)))).toThrow();
    expect(() => parseLowerCentres('{', '630100')).toThrow();
  });
});
