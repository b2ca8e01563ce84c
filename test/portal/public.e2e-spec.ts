import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { findBarriers } from '../support/axe.js';
import { startBrowser } from '../support/browser.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';

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
