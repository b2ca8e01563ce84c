import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { evaluate, EvaluationInput } from '#evaluation';
import { startBrowser } from '../support/browser.js';

/** The library as a browser would load it, made by the tool that makes the portal. */
const bundled = (): Promise<string> =>
  new Promise((done, failed) => {
    const script = ['test/support/bundle-library.mjs', 'evaluation'];
    const options = { env: { ...process.env, NODE_OPTIONS: '' }, maxBuffer: 16 * 1024 * 1024 };
    execFile(process.execPath, script, options, (error, code) => (error ? failed(error) : done(code)));
  });

interface Vector {
  readonly id: string;
  readonly cases: readonly EvaluationInput[];
}

const vectors = <T>(name: string): T =>
  JSON.parse(readFileSync(`libs/evaluation/vectors/${name}.json`, 'utf8')) as T;

describe('the evaluation in a browser', () => {
  const hashes = vectors<Readonly<Record<string, readonly string[]>>>('stable-hashes');
  const known = [...vectors<Vector[]>('published'), ...vectors<Vector[]>('traps')].filter(
    ({ id }) => hashes[id],
  );
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await startBrowser();
    page = await browser.newPage();
    await page.addScriptTag({ content: await bundled() });
  }, 120_000);
  afterAll(() => browser?.close());

  /** Node is held to the same file by libs/evaluation/src/stable-results.spec.ts. */
  it('gives every published result, trace included, the hash that it has in Node', async () => {
    const found = await page.evaluate((given) => {
      const { sunseal } = globalThis as unknown as { sunseal: { evaluate: typeof evaluate } };
      const hashOf = ({ method, bids, panel = [], draws = {} }: EvaluationInput) =>
        sunseal.evaluate({ method, bids, panel, draws }).hash;
      return given.map(({ id, cases }): [string, string[]] => [id, cases.map(hashOf)]);
    }, known);
    expect(found.length).toBeGreaterThan(100);
    expect(Object.fromEntries(found)).toEqual(hashes);
  });
});
