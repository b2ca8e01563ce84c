import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { findBarriers } from '../support/axe.js';
import { startBrowser } from '../support/browser.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { CLOCK_FACTOR, play } from '../support/play.js';
import { showOnTour } from '../support/tour.js';

describe('a finished tender, to somebody without an account', () => {
  let platform: TestPlatform;
  let browser: Browser;
  let page: Page;
  let tenderId: string;

  beforeAll(async () => {
    platform = await startTestPlatform({ clockFactor: CLOCK_FACTOR });
    [browser, { tenderId }] = await Promise.all([
      startBrowser(),
      play(platform, { noticeRealMs: 20_000, patienceMs: 60_000, suffix: '-seen' }),
    ]);
    page = await browser.newPage({ locale: 'zh-CN' });
  });
  afterAll(async () => {
    await browser?.close();
    await platform?.close();
  });

  it('is found among the notices and shows how it ended', async () => {
    await page.goto(platform.current().address);
    await page.getByLabel('阶段').selectOption('已定标');
    const found = page.getByRole('heading', { level: 2 }).getByRole('link').first();
    await found.waitFor();
    await showOnTour(page, 'public-notices');
    await found.click();
    await page.getByRole('heading', { name: '中标结果' }).waitFor();
    expect(page.url()).toContain(tenderId);
  });

  it('shows openings, scores and the ranking, and why each bid got its score', async () => {
    await page.getByRole('heading', { name: '技术评分' }).waitFor();
    const ranking = page.getByRole('region', { name: '排序' });
    await ranking.getByRole('row').nth(1).waitFor();
    const first = await ranking.getByRole('row').nth(1).getByRole('rowheader').innerText();
    await page.getByText(`${first} 的得分说明`).click();
    await page
      .getByText(/评标基准价/)
      .first()
      .waitFor();
    const opened = page.getByRole('region', { name: '技术标' }).getByRole('row');
    await opened.nth(1).waitFor();
    expect(await opened.count()).toBeGreaterThan(3);
    await showOnTour(page, 'public-tender');
  });

  it('has nothing that axe finds, in both languages, and fits 360 pixels', async () => {
    for (const language of ['zh-CN', 'en']) {
      await page.getByRole('combobox', { name: /Language|语言/ }).selectOption(language);
      expect(await findBarriers(page)).toEqual([]);
    }
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
});
