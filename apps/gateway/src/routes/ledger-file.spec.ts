import { describe, expect, it } from '@jest/globals';
import { acceptsGzip, ledgerFile } from './ledger-file.js';

describe('a path of the ledger', () => {
  it.each(['checkpoint', 'heartbeat', 'tile/0/000', 'tile/63/x001/x234/067.p/8', 'tile/entries/000.p/255'])(
    'is %s',
    (path) => {
      expect(ledgerFile(path)).toBeDefined();
    },
  );

  it.each([
    'checkpoint/',
    'tile/00/000',
    'tile/64/000',
    'tile/0/0',
    'tile/0/x000/001',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/08',
    'tile/entries/../../checkpoint',
    'Tile/0/000',
    '',
  ])('is not %s', (path) => {
    expect(ledgerFile(path)).toBeUndefined();
  });
});

describe('a client takes gzip', () => {
  it.each([
    ['gzip', true],
    ['identity, GZIP;q=0.5', true],
    ['*', true],
    ['br, gzip;q=0', false],
    ['*, gzip;q=0.000', false],
    ['identity', false],
    [undefined, false],
  ])('with %s: %s', (header, takes) => {
    expect(acceptsGzip(header)).toBe(takes);
  });
});
