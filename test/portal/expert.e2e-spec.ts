import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { getTender } from '#contracts';
import { ApiClient } from '../../apps/cli/src/client/api-client.js';
import { readTime } from '../../apps/cli/src/client/read-time.js';
import { waitUntil } from '../../apps/cli/src/client/wait-until.js';
import { bid, writeBids } from '../../apps/cli/src/demo/acts/bidding.js';
import { open } from '../../apps/cli/src/demo/acts/opening.js';
import {
  certifyBidders,
  makeDraft,
  publish,
  seatTrustees,
} from '../../apps/cli/src/demo/acts/preparation.js';
import { type Cast, gatherCast } from '../../apps/cli/src/demo/cast.js';
import { Transcript } from '../../apps/cli/src/demo/transcript.js';
import { findBarriers } from '../support/axe.js';
import { startBrowser } from '../support/browser.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { putClockForward } from '../support/put-clock-forward.js';
import { tabTo } from '../support/tab-to.js';
import { showOnTour } from '../support/tour.js';

const PASSPHRASE = '湟水河畔的七棵白杨 1987';
const PATIENCE_MS = 60_000;
const NOTICE_DAYS = 21;

describe('an expert in a browser, with a keyboard alone', () => {
  let platform: TestPlatform;
  let browser: Browser;
  let cast: Cast;
  let page: Page;
  let tenderId: string;

  const at = (path: string): string => platform.current().address + path;
  const signIn = async (to: Page, index: number): Promise<void> => {
    const { login, password } = cast.experts[index]!.account;
    await to.goto(at('/sign-in'));
    await to.getByLabel('用户名').fill(login);
    await to.getByLabel('密码').fill(password);
    await to.keyboard.press('Enter');
    await to.getByRole('heading', { name: '我的工作' }).waitFor();
  };
  const openedTender = async (): Promise<string> => {
    const transcript = new Transcript(1, () => undefined, false);
    const { tenderId: made, draft } = await makeDraft(cast, transcript);
    const trustees = await seatTrustees(cast, made, transcript);
    const seats = await certifyBidders(cast, made, transcript);
    const contents = await writeBids(seats);
    await publish(cast, made, draft, 60_000, transcript);
    await waitUntil('the vault to know the tender', PATIENCE_MS, async () => {
      try {
        await seats[0]!.bidder.descriptor();
        return true;
      } catch {
        return undefined;
      }
    });
    await bid(seats, contents, transcript);
    await putClockForward(platform, NOTICE_DAYS);
    await waitUntil('the deadline', PATIENCE_MS, async () => {
      const { stage } = await cast.buyer.api.call(getTender, { tenderId: made });
      return stage === 'closed' ? stage : undefined;
    });
    await open(cast, made, trustees.slice(0, 3), 'technical', transcript);
    return made;
  };

  beforeAll(async () => {
    platform = await startTestPlatform({ clockFactor: 1 });
    const { address, administrator } = platform.current();
    const { now } = await readTime(new ApiClient({ address }));
    [browser, cast] = await Promise.all([
      startBrowser(),
      gatherCast({ address, administrator, now, patienceMs: PATIENCE_MS }, '-seat'),
    ]);
    tenderId = await openedTender();
    page = await (await browser.newContext({ locale: 'zh-CN' })).newPage();
    page.setDefaultTimeout(20_000);
  });
  afterAll(async () => {
    await browser?.close();
    await platform?.close();
  });

  it('declares before seeing anything', async () => {
    await signIn(page, 0);
    await tabTo(page, '评审');
    await page.keyboard.press('Enter');
    await page.getByRole('form', { name: '回避声明' }).waitFor();
    expect(await page.getByText(/[A-Z]{2}\d{2} 的评分/).count()).toBe(0);
    expect(await findBarriers(page)).toEqual([]);
    await tabTo(page, '没有利害关系');
    await page.keyboard.press('Space');
    await tabTo(page, '提交声明');
    await page.keyboard.press('Enter');
    await page
      .getByText(/[A-Z]{2}\d{2} 的评分/)
      .first()
      .waitFor();
  });

  it('sees documents beside the sheet, and no name of a bidder', async () => {
    await page.locator('iframe[title="construction-plan.pdf"]').waitFor();
    const text = await page.locator('main').innerText();
    for (const { company } of cast.bidders) expect(text).not.toContain(company.name);
    expect(await findBarriers(page)).toEqual([]);
    await showOnTour(page, 'expert-scoring');
  });

  it('marks every bid without a mouse, and tells a reason for full marks', async () => {
    const aliases = await page
      .getByRole('navigation', { name: '待评审的暗标' })
      .getByRole('button')
      .allInnerTexts();
    expect(aliases.length).toBe(5);
    for (const [i, alias] of aliases.entries()) {
      await page.getByRole('form', { name: `${alias} 的评分` }).waitFor();
      const marks = i === 0 ? ['41', '16', '16', '16'] : ['32.5', '16', '16', '16'];
      for (const [field, mark] of marks.entries()) {
        if (field > 0) await page.keyboard.press('Tab');
        await page.keyboard.type(mark);
      }
      if (i === 0) {
        await page.getByText('超过了满分').waitFor();
        for (let back = 0; back < 3; back++) await page.keyboard.press('Shift+Tab');
        await page.keyboard.press('Control+A');
        await page.keyboard.type('40');
        await page.getByText('有零分或满分，请写明理由').waitFor();
        await tabTo(page, '评审意见');
        await page.keyboard.type('方案完整，逐项响应。');
        await page.keyboard.press('Tab');
      }
      await page.keyboard.press('Enter');
      await page.getByText(`已评完 ${i + 1} 份`).waitFor();
    }
    await page
      .getByText('已保存到平台')
      .or(page.getByRole('region', { name: '评分汇总' }))
      .first()
      .waitFor();
  });

  it('finds the draft again in another browser, the reason included', async () => {
    const other = await (await browser.newContext({ locale: 'zh-CN' })).newPage();
    await signIn(other, 0);
    await other.goto(at(`/tenders/${tenderId}/scoring`));
    await other.getByText('已评完 5 份，共 5 份').waitFor();
    expect(await other.getByLabel('评审意见').inputValue()).toBe('方案完整，逐项响应。');
    await other.context().close();
  });

  it('signs with a key made in this browser, and changes nothing afterwards', async () => {
    await tabTo(page, '保护口令');
    await page.keyboard.type(PASSPHRASE);
    await page.keyboard.press('Tab');
    await page.keyboard.type(PASSPHRASE);
    expect(await findBarriers(page)).toEqual([]);
    const backup = page.waitForEvent('download');
    await page.keyboard.press('Enter');
    await backup;
    await page.getByRole('button', { name: '签名并提交' }).waitFor();
    await showOnTour(page, 'expert-sign');
    await tabTo(page, '签名并提交');
    await page.keyboard.press('Enter');
    await page.getByText('评分表已签名提交').waitFor();
    const sheets = await platform.query<{ type: string }>(
      `SELECT subject AS type FROM technical_scoring.outbox WHERE subject LIKE '%sheet-signed%'`,
    );
    expect(sheets.length).toBe(1);
  });

  it('steps back for a conflict and sees no document then', async () => {
    const other = await (await browser.newContext({ locale: 'zh-CN' })).newPage();
    await signIn(other, 1);
    await other.goto(at(`/tenders/${tenderId}/scoring`));
    await other.getByLabel('存在利害关系').check();
    await other.getByLabel('回避原因').fill('曾在其中一家任职。');
    await other.getByRole('button', { name: '提交声明' }).click();
    await other.getByText('您已回避').waitFor();
    await other.reload();
    await other.getByLabel('没有利害关系').check();
    await other.getByRole('button', { name: '提交声明' }).click();
    await other.getByRole('alert').getByText('回避声明已经提交').waitFor();
    await other.context().close();
  });

  it('of another tender, or with another role, is told so', async () => {
    const other = await (await browser.newContext({ locale: 'zh-CN' })).newPage();
    const { login, password } = cast.buyer.account;
    await other.goto(at('/sign-in'));
    await other.getByLabel('用户名').fill(login);
    await other.getByLabel('密码').fill(password);
    await other.getByRole('button', { name: '登录' }).click();
    await other.getByRole('heading', { name: '我的工作' }).waitFor();
    await other.goto(at(`/tenders/${tenderId}/scoring`));
    await other.getByRole('alert').waitFor();
    await other.context().close();
  });
});
