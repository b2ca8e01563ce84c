import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const LINES_MAX = 300;
const FORBIDDEN_FOLDERS = /(?:^|\/)(?:utils?|helpers?|common)\//;
// Split, so that this file does not find itself.
const ONLY = new RegExp(`\\b(?:it|test|describe)\\.${'only'}\\b|\\bf(?:it|describe)\\(`);

const sources = ['apps', 'libs', 'test', 'deploy']
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).replaceAll('\\', '/')),
  )
  .filter((file) => /\.(?:ts|tsx|js|mjs|cjs)$/.test(file) && !file.includes('node_modules/'));

const textOf = (file: string): string => readFileSync(file, 'utf8');

describe('source files', () => {
  it(`have at most ${LINES_MAX} lines`, () => {
    const long = sources
      .map((file) => ({ file, lines: textOf(file).trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > LINES_MAX);
    expect(long).toEqual([]);
  });

  it('lie in no folder named utils, helpers or common', () => {
    expect(sources.filter((file) => FORBIDDEN_FOLDERS.test(file))).toEqual([]);
  });

  it('have kebab-case names', () => {
    expect(sources.filter((file) => !/^[a-z0-9.-]+$/.test(file.split('/').at(-1) ?? ''))).toEqual([]);
  });

  it('hold no test that shuts out the others', () => {
    expect(sources.filter((file) => ONLY.test(textOf(file)))).toEqual([]);
  });
});
