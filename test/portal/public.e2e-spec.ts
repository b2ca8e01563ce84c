import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { findBarriers } from '../support/axe.js';
import { startBrowser } from '../support/browser.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';

/** docs/adr/0028: a page that is there at once, also on a phone. */
const FIRST_LOAD_BYTES_MAX = 200_000;

describe('the portal, to somebody without an account', () => {
  let platform: TestPlatform;
  let browser: Browser;
  let page: Page;
  const faults: string[] = [];

  beforeAll(async () => {
    platform = await startTestPlatform({ clockFactor: 1 });
    browser = await startBrowser();
    page = await browser.newPage({ locale: 'zh-CN' });
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) faults.push(message.text());
    });
  });
  afterAll(async () => {
    await browser?.close();
    await platform?.close();
  });

  it('speaks Chinese first, and English when asked', async () => {
    await page.goto(platform.current().address);
    await page.getByRole('heading', { name: '招标公告' }).waitFor();
    await page.getByText('尚未发布任何公告').waitFor();
    await page.getByLabel('语言').selectOption('en');
    await page.getByRole('heading', { name: 'Tender notices' }).waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('en');
  });

  it('is there with at most 200 kB: page, scripts, styles and answers of the notices', async () => {
    const visitor = await browser.newPage({ locale: 'zh-CN' });
    const sizes: Promise<number>[] = [];
    visitor.on('requestfinished', (request) => {
      sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
    });
    await visitor.goto(platform.current().address, { waitUntil: 'networkidle' });
    await visitor.getByText('尚未发布任何公告').waitFor();
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    await visitor.close();
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThanOrEqual(FIRST_LOAD_BYTES_MAX);
  });

  it('says which build it is, as whoever has its files computes it', async () => {
    const command = "find * -type f ! -name '*.gz' | LC_ALL=C sort | xargs sha256sum | sha256sum";
    const said = execFileSync('sh', ['-c', command], { cwd: 'dist/apps/web', encoding: 'utf8' });
    const sha256 = said.slice(0, 64);
    const answer = await fetch(`${platform.current().address}/api/v1/platform`);
    expect(await answer.json()).toMatchObject({ portal: { sha256 } });
    await page.getByRole('contentinfo').getByText(sha256.slice(0, 16)).waitFor();
  });

  it('asks for a sign-in where one is needed, and comes back there', async () => {
    const { address, administrator } = platform.current();
    await page.goto(`${address}/work`);
    await page.getByLabel('Login').fill(administrator.login);
    await page.getByLabel('Password').fill('wrong password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('Login or password is wrong.').first().waitFor();
    await page.getByLabel('Password').fill(administrator.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'My work' }).waitFor();
    await page.getByRole('button', { name: /Sign out/ }).click();
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
  });

  it('has nothing that axe finds (WCAG 2.2 AA), in both languages', async () => {
    for (const path of ['/', '/verify', '/sign-in', '/nowhere']) {
      for (const language of ['zh-CN', 'en']) {
        await page.goto(platform.current().address + path);
        await page.getByRole('combobox', { name: /Language|语言/ }).selectOption(language);
        const violations = await findBarriers(page);
        expect({ path, language, violations }).toEqual({ path, language, violations: [] });
      }
    }
  });

  it('is served with a policy that lets nothing foreign in, and breaks it nowhere', async () => {
    const { address } = platform.current();
    const answer = await fetch(address, { headers: { accept: 'text/html' } });
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
    expect(faults).toEqual([]);
    const unknown = await fetch(`${address}/api/v1/nothing`, { headers: { accept: 'text/html' } });
    expect(unknown.status).toBe(404);
  });
});
