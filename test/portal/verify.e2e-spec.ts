import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { fromBase64 } from '#kernel';
import { getReceipt } from '#contracts';
import { findBarriers } from '../support/axe.js';
import { startBrowser } from '../support/browser.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { CLOCK_FACTOR, play } from '../support/play.js';
import { showOnTour } from '../support/tour.js';

describe('verification in the browser, by somebody without an account', () => {
  let platform: TestPlatform;
  let browser: Browser;
  let page: Page;
  let tenderId: string;
  let receipt: Uint8Array;
  const faults: string[] = [];

  beforeAll(async () => {
    platform = await startTestPlatform({ clockFactor: CLOCK_FACTOR });
    let fetchReceipt: () => Promise<{ readonly file: string }>;
    const playing = play(platform, {
      noticeRealMs: 20_000,
      patienceMs: 60_000,
      suffix: '-verified',
      whileSealed: async (scene) => {
        const { api } = scene.seats[0]!.bidder;
        fetchReceipt = () => api.call(getReceipt, { tenderId: scene.tenderId, seq: 1 });
      },
    });
    [browser, { tenderId }] = await Promise.all([startBrowser(), playing]);
    receipt = fromBase64((await fetchReceipt!()).file);
    page = await browser.newPage({ locale: 'zh-CN' });
    page.on('pageerror', (error) => faults.push(error.message));
  });
  afterEach(() => page.unrouteAll());
  afterAll(async () => {
    await browser?.close();
    await platform?.close();
  });

  const result = () => page.getByRole('region', { name: /核验结果|Result/ });
  const verifyTender = async (): Promise<void> => {
    await page.goto(`${platform.current().address}/verify?tender=${tenderId}`);
    await page.getByRole('button', { name: '核验项目' }).click();
  };
  const verifyReceipt = async (bytes: Uint8Array): Promise<void> => {
    await page.goto(`${platform.current().address}/verify`);
    const file = { name: 'receipt.zip', mimeType: 'application/zip', buffer: Buffer.from(bytes) };
    await page.getByLabel(/^回执文件/).setInputFiles(file);
    await page.getByRole('button', { name: '核验回执' }).click();
  };

  it('recomputes a finished tender from its public page on', async () => {
    await page.goto(`${platform.current().address}/tenders/${tenderId}`);
    await page.getByRole('link', { name: '在浏览器中核验本项目' }).click();
    await page.getByRole('button', { name: '核验项目' }).click();
    await result().getByText('全部成立。').waitFor();
    const steps = await result().getByRole('listitem').allInnerTexts();
    expect(steps.filter((step) => step.startsWith('✓'))).toHaveLength(8);
    expect(steps.join()).toMatch(/按公布的评标办法重新计算 \d+ 步/);
    await result().getByRole('heading', { name: '本次核验不能说明的事' }).waitFor();
    await showOnTour(page, 'verify-tender');
  });

  it('names the opened envelope of which one byte was changed', async () => {
    await page.route(/\/openings\/technical\/\w+\/age$/, async (route) => {
      const answer = await route.fetch();
      const body = await answer.body();
      body[body.length - 9]! ^= 1;
      await route.fulfill({ response: answer, body });
    });
    await verifyTender();
    await result().getByRole('alert').getByText('核验不通过').waitFor();
    expect(await result().getByRole('alert').innerText()).toMatch(/opening\/[A-Z]{2}\d\d\.technical\.age/);
    expect(await result().locator('.is-fault').innerText()).toContain('开标与解封密钥');
  });

  it('tells a forged ledger from one that cannot be reached', async () => {
    const tile = /\/ledger\/tile\/entries\//;
    await page.route(tile, (route) => route.abort());
    await verifyTender();
    await result().getByText('有文件未能取得').waitFor();
    await page.unrouteAll();
    await page.route(tile, async (route) => {
      const answer = await route.fetch();
      const body = await answer.body();
      body[body.length >> 1]! ^= 1;
      await route.fulfill({ response: answer, body });
    });
    await verifyTender();
    await result().getByText('核验不通过').waitFor();
    expect(await result().getByRole('alert').innerText()).toContain('ledger/tile/entries/');
  });

  it('verifies a receipt, and that the ledger still continues it', async () => {
    await verifyReceipt(receipt);
    await result().getByText('已核验的各项全部成立').waitFor();
    const said = await result().innerText();
    expect(said).toMatch(/签名承诺/);
    expect(said).toMatch(/当前账本共 \d+ 条/);
    expect(said).toContain('回执没有时间戳');
  });

  it('finds an altered receipt', async () => {
    const altered = Uint8Array.from(receipt);
    altered[altered.length >> 1]! ^= 1;
    await verifyReceipt(altered);
    await result().getByRole('alert').getByText('核验不通过').waitFor();
    await verifyReceipt(Buffer.from('no receipt'));
    await result().getByRole('alert').getByText('核验不通过').waitFor();
  });

  it('proves one entry by its number and by its leaf hash, against a key that the visitor gives', async () => {
    await page.goto(`${platform.current().address}/verify`);
    await page.getByLabel('记录序号或叶哈希').fill('0');
    await page.getByRole('button', { name: '核验记录' }).click();
    await result().getByText('公钥取自平台').waitFor();
    const leaf = /[0-9a-f]{64}/.exec(await result().innerText())![0];
    const answer = await fetch(`${platform.current().address}/ledger/log.vkey`);
    const key = (await answer.text()).trim();
    await page.getByText('可信密钥（可选）').click();
    await page.getByLabel(/^账本公钥/).fill(key);
    await page.getByLabel('记录序号或叶哈希').fill(leaf);
    await page.getByRole('button', { name: '核验记录' }).click();
    await result().getByText('以您给出的公钥').waitFor();
    await result()
      .getByText(/第 0 条记录/)
      .waitFor();
    await page.getByLabel(/^账本公钥/).fill(key.replace(/^[^+]+/, 'another.example'));
    await page.getByRole('button', { name: '核验记录' }).click();
    await result().getByText('核验不通过').waitFor();
  });

  it('has nothing that axe finds, in both languages, fits 360 pixels, and breaks no policy', async () => {
    await verifyTender();
    await result().getByText('全部成立。').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.getByLabel('语言').selectOption('en');
    await result().getByText('Everything holds.').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    expect(faults).toEqual([]);
  });
});
