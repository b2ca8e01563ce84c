import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays, instantFromMs } from '#kernel';
import { createAccount, listAlarms } from '#contracts';
import type { Browser, Page } from 'playwright-core';
import { ApiClient } from '../../apps/cli/src/client/api-client.js';
import { waitUntil } from '../../apps/cli/src/client/wait-until.js';
import { findBarriersInBoth } from '../support/axe.js';
import { startBrowser } from '../support/browser.js';
import { openTender } from '../support/open-tender.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { showOnTour } from '../support/tour.js';

const PATIENCE_MS = 60_000;
const LONG_DAYS = 3_000;

describe('a supervisor in a browser', () => {
  let platform: TestPlatform;
  let browser: Browser;
  let page: Page;
  let tenderId: string;
  const granted = new Map<string, string>();
  let supervisor: { readonly login: string; readonly password: string };

  const go = (path: string): Promise<unknown> => page.goto(platform.current().address + path);
  const widthAt360 = async (): Promise<number> => {
    await page.setViewportSize({ width: 360, height: 740 });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    await page.setViewportSize({ width: 1280, height: 800 });
    return width;
  };
  /** An act that every supervisor's feed shows, and an alarm. */
  const grantTooLong = async (login: string): Promise<void> => {
    const { address, administrator: first } = platform.current();
    const administrator = new ApiClient({ address });
    await administrator.signIn(first.login, first.password);
    const grantedUntil = addDays(instantFromMs(Date.now()), LONG_DAYS);
    const password = 'a-long-password-of-a-test';
    const { personId } = await administrator.call(createAccount, {
      login,
      password,
      name: '王采购',
      roles: ['buyer'],
      grantedUntil,
    });
    granted.set(login, personId);
  };

  /** How many warnings are open once a person's grant is among them. */
  const warningsOf = async (login: string): Promise<number> => {
    const api = new ApiClient({ address: platform.current().address });
    await api.signIn(supervisor.login, supervisor.password);
    return waitUntil(`the alarm about ${login}`, PATIENCE_MS, async () => {
      const { items, counts } = await api.call(listAlarms, { rule: 'long-grant', limit: 100 });
      const isRaised = items.some(({ evidence }) => JSON.stringify(evidence).includes(granted.get(login)!));
      return isRaised ? counts.bySeverity.warning : undefined;
    });
  };

  beforeAll(async () => {
    platform = await startTestPlatform({ clockFactor: 1 });
    const [opened, started] = await Promise.all([openTender(platform, PATIENCE_MS), startBrowser()]);
    browser = started;
    tenderId = opened.tenderId;
    supervisor = opened.cast.supervisor.account;
    page = await (await browser.newContext({ locale: 'zh-CN' })).newPage();
    page.setDefaultTimeout(PATIENCE_MS);
  });
  afterAll(async () => {
    await browser?.close();
    await platform?.close();
  });

  it('sees what is running, and every entry as it is made', async () => {
    await go('/sign-in');
    await page.getByLabel('用户名').fill(supervisor.login);
    await page.getByLabel('密码').fill(supervisor.password);
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByRole('link', { name: '实时监督' }).click();
    const running = page.getByRole('region', { name: '进行中的项目' });
    await running.getByRole('timer').waitFor();
    await running.getByRole('button', { name: '招标中 1' }).click();
    const feed = page.getByRole('region', { name: '存证记录实时动态' });
    await feed.getByText('实时更新中').waitFor();
    await grantTooLong('granted-long');
    await feed.getByText('registration.account-created').first().waitFor();
    const raised = await warningsOf('granted-long');
    const alarms = page.getByRole('region', { name: '未处置的预警' });
    await alarms.getByText(`警告 ${raised}`).waitFor();
    await showOnTour(page, 'supervision');
    expect(await findBarriersInBoth(page)).toEqual([]);
    expect(await widthAt360()).toBeLessThanOrEqual(360);
  });

  it('goes on after the last entry that was seen when the connection comes again', async () => {
    const feed = page.getByRole('region', { name: '存证记录实时动态' });
    await feed.getByText('registration.account-created').first().waitFor();
    await platform.current().stop();
    await feed.getByText('连接已断开').waitFor();
    await platform.restart();
    await feed.getByText('恢复后从其后补齐').waitFor();
    await feed.getByText('实时更新中').waitFor();
    await grantTooLong('granted-after');
    await feed.getByText('registration.account-created').nth(1).waitFor();
    const shown = await feed.getByRole('link', { name: /号记录/ }).allInnerTexts();
    const indices = shown.map((text) => parseInt(/\d+/.exec(text)![0], 10));
    expect(indices).toEqual(indices.map((_, i) => indices[0]! - i));
  });

  it('goes on as well when the platform refused it meanwhile, as one does that is starting', async () => {
    const feed = page.getByRole('region', { name: '存证记录实时动态' });
    await page.route('**/api/v1/supervision/feed*', (route) => route.fulfill({ status: 503 }));
    const refused = page.waitForResponse((answer) => answer.status() === 503);
    await platform.current().stop();
    await platform.restart();
    await refused;
    await feed.getByText('连接已断开').waitFor();
    await grantTooLong('granted-meanwhile');
    await page.unroute('**/api/v1/supervision/feed*');
    await feed.getByText('registration.account-created').nth(2).waitFor();
    const shown = await feed.getByRole('link', { name: /号记录/ }).allInnerTexts();
    const indices = shown.map((text) => parseInt(/\d+/.exec(text)![0], 10));
    expect(indices).toEqual(indices.map((_, i) => indices[0]! - i));
  });

  it('reads an alarm with its evidence and closes it in words, by keyboard alone', async () => {
    await go('/supervision/alarms');
    await page.getByLabel('预警类型').selectOption('授权期限过长');
    expect(await findBarriersInBoth(page)).toEqual([]);
    expect(await widthAt360()).toBeLessThanOrEqual(360);
    await page.getByRole('link', { name: '授权期限过长' }).first().press('Enter');
    await page.getByRole('region', { name: '依据' }).getByText('"daysMax"').waitFor();
    await page.getByLabel('处置说明').fill('已向管理员核实');
    await page.getByRole('button', { name: '受理核实' }).press('Enter');
    const handling = page.getByRole('region', { name: '处置记录' });
    await handling.getByText('已向管理员核实').waitFor();
    await showOnTour(page, 'alarm');
    await page.getByLabel('处置说明').fill('授权已收回');
    expect(await findBarriersInBoth(page)).toEqual([]);
    expect(await widthAt360()).toBeLessThanOrEqual(360);
    await page.getByRole('button', { name: '办结' }).press('Enter');
    await handling.getByText('授权已收回').waitFor();
    expect(await page.getByRole('button', { name: '办结' }).count()).toBe(0);
  });

  it('searches entries, opens one, and takes what was found out as a workbook', async () => {
    await go('/supervision');
    await page.getByRole('link', { name: '存证记录查询' }).press('Enter');
    await page.getByLabel('记录类型').fill('tendering.tender-published');
    await page.getByLabel('记录类型').press('Enter');
    await page.getByText('共 1 条记录').waitFor();
    await page.getByText('记录全文').click();
    expect(await findBarriersInBoth(page)).toEqual([]);
    expect(await widthAt360()).toBeLessThanOrEqual(360);
    await page.getByRole('button', { name: '导出表格' }).press('Enter');
    const link = page.getByRole('link', { name: /下载 .*\.xlsx（1 条）/ });
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(download.suggestedFilename()).toMatch(/\.xlsx$/);
  });

  it('reads the timeline of a tender, each entry proved in this browser', async () => {
    await go(`/supervision/tenders/${tenderId}`);
    const timeline = page.getByRole('region', { name: '项目时间线' });
    await timeline.getByText('tendering.tender-published', { exact: true }).waitFor();
    expect(await timeline.getByText('证明有效').count()).toBe(
      await timeline.getByRole('link', { name: /号记录/ }).count(),
    );
    expect(await findBarriersInBoth(page)).toEqual([]);
    expect(await widthAt360()).toBeLessThanOrEqual(360);
    expect(await timeline.getByText('证明无效').count()).toBe(0);
  });

  it('compares services and ledger to the end, and finds no difference', async () => {
    await go('/supervision/reconciliation');
    await page.getByText('没有接入的下级中心').waitFor();
    await page.getByRole('button', { name: '开始对账' }).press('Enter');
    await page.getByText('对账完成').waitFor();
    await page.getByText('没有发现差异').waitFor();
    await showOnTour(page, 'reconciliation');
    expect(await findBarriersInBoth(page)).toEqual([]);
    expect(await widthAt360()).toBeLessThanOrEqual(360);
  });

  it('stops a tender with a reason that is public, and lets it go on', async () => {
    await go(`/supervision/tenders/${tenderId}`);
    await page.getByLabel('理由').fill('收到举报，核查中');
    await page.getByRole('button', { name: '暂停项目' }).press('Enter');
    await page.getByRole('region', { name: '暂停与恢复' }).getByText('收到举报，核查中').waitFor();
    expect(await findBarriersInBoth(page)).toEqual([]);
    expect(await widthAt360()).toBeLessThanOrEqual(360);
    await page.getByLabel('理由').fill('举报不属实');
    await page.getByRole('button', { name: '恢复项目' }).press('Enter');
    await page.getByRole('button', { name: '暂停项目' }).waitFor();
    await page.getByText('招标中').waitFor();
  });
});
