import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { askQuestion, getDescriptor } from '#contracts';
import { ApiClient } from '../../apps/cli/src/client/api-client.js';
import { readTime } from '../../apps/cli/src/client/read-time.js';
import { whenPossible } from '../../apps/cli/src/client/when-possible.js';
import { seatTrustees } from '../../apps/cli/src/demo/acts/preparation.js';
import { BUYER_LINES } from '../../apps/cli/src/demo/boq.js';
import { type Cast, gatherCast } from '../../apps/cli/src/demo/cast.js';
import { bidContent } from '../../apps/cli/src/demo/documents.js';
import { Transcript } from '../../apps/cli/src/demo/transcript.js';
import { writeBuyerBoq } from '../../apps/cli/src/workbooks/write-boq.js';
import { findBarriers, findBarriersInBoth } from '../support/axe.js';
import { startBrowser } from '../support/browser.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { showOnTour } from '../support/tour.js';

const DAY_MS = 86_400_000;
const BEIJING_MS = 8 * 3_600_000;
const TITLE = '南川河步道照明工程';

describe('a buyer in a browser, from template to answers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sunseal-buyer-'));
  let platform: TestPlatform;
  let browser: Browser;
  let cast: Cast;
  let page: Page;
  let tenderId: string;
  const boq = join(folder, 'boq.xlsx');
  const drawing = join(folder, 'drawing.pdf');

  const go = (path: string): Promise<unknown> => page.goto(platform.current().address + path);
  const signIn = async (to: Page, login: string, password: string): Promise<void> => {
    await to.goto(`${platform.current().address}/sign-in`);
    await to.getByLabel('用户名').fill(login);
    await to.getByLabel('密码').fill(password);
    await to.getByRole('button', { name: '登录' }).click();
    await to.getByRole('heading', { name: '我的工作' }).waitFor();
  };
  const deadlineIn = (days: number): string =>
    new Date(Date.now() + BEIJING_MS + days * DAY_MS).toISOString().slice(0, 16);

  beforeAll(async () => {
    platform = await startTestPlatform({ clockFactor: 1 });
    const { address, administrator } = platform.current();
    const { now } = await readTime(new ApiClient({ address }));
    [browser, cast] = await Promise.all([
      startBrowser(),
      gatherCast({ address, administrator, now, patienceMs: 60_000 }, '-desk'),
    ]);
    writeFileSync(boq, await writeBuyerBoq(BUYER_LINES, { title: TITLE }));
    writeFileSync(drawing, (await bidContent('9500000', 'A'))['technical']![0]!.bytes);
    page = await (await browser.newContext({ locale: 'zh-CN' })).newPage();
    page.setDefaultTimeout(20_000);
  });
  afterAll(async () => {
    await browser?.close();
    await platform?.close();
  });

  it('fills in a draft from a template; what was typed outlives a reload', async () => {
    await signIn(page, cast.buyer.account.login, cast.buyer.account.password);
    await page.getByRole('link', { name: '我的招标项目' }).click();
    await page.getByText('还没有招标项目').waitFor();
    await page.getByRole('link', { name: '新建招标项目' }).click();
    await page.getByLabel('项目名称（中文）').fill(TITLE);
    await page.getByLabel('项目名称（英文）').fill('Nanchuan footpath lighting');
    await page.getByLabel('行政区').selectOption('630103');
    await page.getByLabel('项目简介').fill('步道照明 3.1 公里。');
    await page.getByLabel('最高限价').fill('12000000');
    await page.getByLabel('投标截止时间').fill(deadlineIn(3));
    expect(await findBarriersInBoth(page)).toEqual([]);
    await page.getByText('¥12,000,000').waitFor();
    await page.reload();
    await page.getByText('已恢复上次未保存的内容').waitFor();
    expect(await page.getByLabel('项目名称（中文）').inputValue()).toBe(TITLE);
  });

  it('sends real files; what is no workbook is told at once', async () => {
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByLabel('工程量清单').setInputFiles(drawing);
    await page.getByText('这不是完好的 .xlsx 工作簿').waitFor();
    await page.getByLabel('工程量清单').setInputFiles(boq);
    await page.getByText('工作簿完好').waitFor();
    await page.getByLabel('添加招标文件').setInputFiles(drawing);
    await page.getByText('移除 drawing.pdf').waitFor();
    expect(await findBarriersInBoth(page)).toEqual([]);
  });

  it('changes the method, is told what is wrong with it, and sees what sample prices would give', async () => {
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByLabel('报价权重').fill('50');
    await page.getByRole('alert').getByText('combine.weights').waitFor();
    await page.getByLabel('技术权重').fill('50');
    await page.getByText('评标办法可以采用').waitFor();
    const ranking = page.getByRole('region', { name: '试算排序' });
    expect(await ranking.getByRole('row').count()).toBe(5);
    await page.getByText('S01 的得分说明').click();
    await showOnTour(page, 'buyer-method');
    expect(await findBarriersInBoth(page)).toEqual([]);
    await page.getByRole('button', { name: '查看和修改全文' }).click();
    await page.getByLabel('评标办法全文').fill('{');
    await page.getByText('不是有效的 JSON').waitFor();
  });

  it('chooses trustees and experts, and saves once nothing is missing', async () => {
    await page.getByRole('button', { name: '下一步' }).click();
    for (let i = 1; i <= 5; i++) {
      await page.getByLabel(`trustee-${i}`).check();
      await page.getByLabel(`expert-${i}`).check();
    }
    await page.getByLabel('法定人数').fill('5');
    expect(await findBarriersInBoth(page)).toEqual([]);
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByText('法定人数不符合要求').waitFor();
    expect(await page.getByRole('button', { name: '保存草稿' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: '去填写：见证人与专家' }).click();
    await page.getByLabel('法定人数').fill('3');
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByRole('button', { name: '保存草稿' }).click();
    await page.getByRole('heading', { name: TITLE }).waitFor();
    tenderId = new URL(page.url()).pathname.split('/').at(-1)!;
  });

  it('is refused publication while keys are missing and while the deadline is too early', async () => {
    const publish = page.getByRole('button', { name: '发布公告' });
    await page.getByText('还有 5 位见证人没有提交').waitFor();
    await page.getByLabel('我已核对以上内容').check();
    await publish.click();
    await page
      .getByRole('alert')
      .getByText(/没有提交公钥声明|投标截止时间过早/)
      .waitFor();
    await seatTrustees(cast, tenderId, new Transcript(1, () => undefined, false));
    await page.reload();
    await page.getByText('公钥声明已收齐').waitFor();
    await page.getByLabel('我已核对以上内容').check();
    await publish.click();
    await page.getByRole('alert').getByText('投标截止时间过早').waitFor();
  });

  it('changes the saved draft and publishes what the preview showed', async () => {
    await page.getByRole('link', { name: '修改招标草稿' }).click();
    expect(await page.getByLabel('最高限价').inputValue()).toBe('12000000');
    await page.getByLabel('投标截止时间').fill(deadlineIn(30));
    await page.getByRole('button', { name: '检查并保存' }).click();
    await page.getByRole('button', { name: '保存草稿' }).click();
    const preview = page.getByRole('region', { name: '公告预览' });
    await preview.getByRole('link', { name: 'drawing.pdf' }).waitFor();
    expect(await findBarriersInBoth(page)).toEqual([]);
    await showOnTour(page, 'buyer-preview');
    await page.getByLabel('我已核对以上内容').check();
    await page.getByRole('button', { name: '发布公告' }).click();
    await page.getByRole('link', { name: '公告页面' }).click();
    await page.getByText('步道照明 3.1 公里').waitFor();
    await page.getByText('城中区').or(page.getByText('630103')).first().waitFor();
  });

  it('answers a question for everybody', async () => {
    const { api } = cast.buyer;
    await whenPossible('the vault to know the tender', 'tender.unknown', () =>
      api.call(getDescriptor, { tenderId }),
    );
    await cast.bidders[0]!.api.call(askQuestion, { tenderId, question: '灯杆高度是多少？' });
    await go(`/work/tenders/${tenderId}`);
    await page.getByText('待答复 1 个').waitFor();
    await page.getByLabel('答复', { exact: true }).fill('四米五。');
    expect(await findBarriersInBoth(page)).toEqual([]);
    await page.getByRole('button', { name: '公布答复' }).click();
    await page.getByText('待答复 0 个').waitFor();
    const visitor = await browser.newPage({ locale: 'zh-CN' });
    await visitor.goto(`${platform.current().address}/tenders/${tenderId}`);
    await visitor.getByText('四米五。').waitFor();
    await visitor.close();
  });

  it('is found in the worklist by its stage, and cannot be edited any more', async () => {
    await go('/work/tenders');
    await page.getByRole('region', { name: '招标中' }).first().getByText(TITLE).waitFor();
    expect(await findBarriersInBoth(page)).toEqual([]);
    await go(`/work/tenders/${tenderId}/draft`);
    await page.getByRole('button', { name: '检查并保存' }).click();
    await page.getByRole('button', { name: '保存草稿' }).click();
    await page.getByRole('alert').getByText('项目当前阶段不能进行此操作').waitFor();
  });

  it('cancels with a reason that everybody reads', async () => {
    await go(`/work/tenders/${tenderId}`);
    await page.getByRole('button', { name: '取消招标' }).click();
    await page.getByLabel('取消原因').fill('资金计划调整。');
    await page.getByRole('button', { name: '确认取消招标' }).click();
    await page.getByText('已取消：资金计划调整。').waitFor();
  });

  it('shows a person of another role why the page is not theirs', async () => {
    const other = await (await browser.newContext({ locale: 'zh-CN' })).newPage();
    await signIn(other, cast.registrar.account.login, cast.registrar.account.password);
    await other.goto(`${platform.current().address}/work/tenders/new`);
    await other.getByRole('alert').waitFor();
    expect(await other.getByLabel('项目名称（中文）').count()).toBe(0);
    await other.context().close();
  });

  it('has an account made for a new colleague by the administrator, with roles and their end', async () => {
    const chief = await (await browser.newContext({ locale: 'zh-CN' })).newPage();
    const { login, password } = platform.current().administrator;
    await signIn(chief, login, password);
    await chief.getByRole('link', { name: '人员与账号' }).click();
    await chief.getByRole('cell', { name: 'trustee-1-desk' }).waitFor();
    await chief.getByText('开设账号').first().click();
    await chief.getByLabel('姓名').fill('马评审');
    await chief.getByLabel('用户名').fill('ma-expert');
    await chief.getByLabel('初始密码').fill('ma-expert');
    await chief.getByLabel('再次输入密码').fill('ma-expert');
    await chief.getByRole('checkbox', { name: '评标专家' }).check();
    await chief.getByLabel('授权截止时间').fill(deadlineIn(-1));
    const make = chief.getByRole('button', { name: '开设账号' });
    await make.click();
    await chief.getByRole('alert').first().waitFor();
    await chief.getByLabel('初始密码').fill('湟水谷地的青稞 1988');
    await chief.getByLabel('再次输入密码').fill('湟水谷地的青稞 1988');
    await chief.getByLabel('授权截止时间').fill(deadlineIn(200));
    await make.click();
    await chief.getByText('账号已开设').waitFor();
    await chief.getByRole('cell', { name: 'ma-expert' }).waitFor();
    expect(await findBarriers(chief)).toEqual([]);
    await showOnTour(chief, 'administrator-accounts');
    const colleague = await (await browser.newContext({ locale: 'zh-CN' })).newPage();
    await signIn(colleague, 'ma-expert', '湟水谷地的青稞 1988');
    await chief.goto(`${platform.current().address}/work/regions`);
    await chief.getByRole('rowheader', { name: '630106' }).waitFor();
    expect(await findBarriers(chief)).toEqual([]);
  });
});
