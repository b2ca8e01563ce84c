import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readPortalBuild } from './portal-build.js';

describe('the fingerprint of the built portal', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portal-build-'));
    mkdirSync(join(folder, 'assets'));
    write('assets/Zebra-1.js', 'z');
    write('assets/apple-2.css', 'a');
    write('index.html', '<!doctype html>');
    write('assets/apple-2.css.gz', 'packed');
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const write = (path: string, text: string): void => writeFileSync(join(folder, path), text);
  const sha256 = (): string => readPortalBuild(folder)!.sha256;

  it('is what anyone computes with coreutils', () => {
    const command = "find * -type f ! -name '*.gz' | LC_ALL=C sort | xargs sha256sum | sha256sum";
    const said = execFileSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' });
    expect(said.slice(0, 64)).toBe(sha256());
  });

  it('changes with any byte, any name, and any file more', () => {
    const seen = new Set([sha256()]);
    write('assets/apple-2.css', 'b');
    seen.add(sha256());
    write('assets/apple-3.css', '');
    seen.add(sha256());
    rmSync(join(folder, 'assets/apple-3.css'));
    write('assets/apple-4.css', '');
    seen.add(sha256());
    expect(seen.size).toBe(4);
  });

  it('is none where no portal was built', () => {
    rmSync(join(folder, 'index.html'));
    expect(readPortalBuild(folder)).toBeNull();
  });
});
