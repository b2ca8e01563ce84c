import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { creditCodeCheckCharacter } from '#kernel';
import { bidContent } from '../../apps/cli/src/demo/documents.js';
import { findBarriers } from '../support/axe.js';
import { startBrowser } from '../support/browser.js';
import { openTender, type OpenTender } from '../support/open-tender.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { showOnTour } from '../support/tour.js';

const CREDIT_CODE_BODY = '91630100MA7RUN5EA';
const PASSPHRASE = '湟水河畔的七棵白杨 1987';

describe('a bidder in a browser, from registration to receipt', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sunseal-bidder-'));
  let platform: TestPlatform;
  let browser: Browser;
  let open: OpenTender;
  let bidder: Page;
  let technical: string;
  let boq: string;

  const signIn = async (page: Page, login: string, password: string): Promise<void> => {
    await page.goto(`${platform.current().address}/sign-in`);
    await page.getByLabel('用户名').fill(login);
    await page.getByLabel('密码').fill(password);
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByRole('heading', { name: '我的工作' }).waitFor();
  };
  const newPage = async (): Promise<Page> => (await browser.newContext({ locale: 'zh-CN' })).newPage();

  beforeAll(async () => {
    platform = await startTestPlatform({ clockFactor: 1 });
    [browser, open] = await Promise.all([startBrowser(), openTender(platform, 60_000)]);
    const content = await bidContent('9500000', 'B');
    technical = join(folder, 'construction-plan.pdf');
    boq = join(folder, 'boq.xlsx');
    writeFileSync(technical, content['technical']![0]!.bytes);
    writeFileSync(boq, content['commercial']!.find(({ name }) => name === 'boq.xlsx')!.bytes);
    bidder = await newPage();
  });
  afterAll(async () => {
    await browser?.close();
    await platform?.close();
  });

  it('registers, is told what is wrong with its credit code, and waits for the review', async () => {
    await bidder.goto(`${platform.current().address}/register`);
    await bidder.getByLabel('统一社会信用代码').fill(`${CREDIT_CODE_BODY}0`);
    await bidder.getByLabel('企业名称').fill('青海日出建设有限公司');
    await bidder.getByLabel('法定代表人').fill('王日出');
    await bidder.getByLabel('资质').fill('市政公用工程施工总承包二级');
    await bidder.getByLabel('经办人姓名').fill('李经办');
    await bidder.getByLabel('用户名').fill('sunrise');
    await bidder.getByLabel('密码', { exact: false }).first().fill('a long enough passphrase 7');
    await bidder.getByLabel('再次输入密码').fill('a long enough passphrase 7');
    await bidder.getByRole('button', { name: '提交注册' }).click();
    await bidder.getByRole('alert').getByText('统一社会信用代码不正确').waitFor();
    await bidder
      .getByLabel('统一社会信用代码')
      .fill(CREDIT_CODE_BODY + creditCodeCheckCharacter(CREDIT_CODE_BODY));
    await bidder.getByRole('button', { name: '提交注册' }).click();
    await bidder.getByText('注册已提交').waitFor();
  });

  it('is approved by a registrar, in another browser', async () => {
    const registrar = await newPage();
    const { login, password } = open.cast.registrar.account;
    await signIn(registrar, login, password);
    await registrar.getByRole('link', { name: '企业注册审核' }).click();
    const row = registrar.getByRole('row', { name: /青海日出/ });
    await row.waitFor();
    expect(await findBarriers(registrar)).toEqual([]);
    await row.getByRole('button', { name: /审\s*核/ }).click();
    await registrar.getByLabel('审核意见（必填，企业可见）').fill('材料齐全，同意。');
    await registrar.getByRole('button', { name: /^通\s*过$/ }).click();
    await row.waitFor({ state: 'detached' });
    await registrar.context().close();
  });

  it('takes part, makes a key of its own, and seals and submits as one act', async () => {
    await signIn(bidder, 'sunrise', 'a long enough passphrase 7');
    await bidder.goto(`${platform.current().address}/tenders/${open.tenderId}`);
    await bidder.getByRole('link', { name: '参加投标' }).click();
    await bidder.getByRole('button', { name: '报名参加' }).click();
    await bidder.getByLabel('保护口令').fill(PASSPHRASE);
    await bidder.getByLabel('再次输入口令').fill(PASSPHRASE);
    const backup = bidder.waitForEvent('download');
    await bidder.getByRole('button', { name: '生成密钥并申领证书' }).click();
    await (await backup).saveAs(join(folder, 'sunseal-identity.zip'));

    const submit = bidder.getByRole('button', { name: '封标并递交' });
    await submit.waitFor();
    expect(await submit.isDisabled()).toBe(true);
    await bidder.getByLabel('添加技术标文件').setInputFiles(technical);
    await bidder.getByLabel('添加商务标文件').setInputFiles(boq);
    await bidder.getByLabel('投标报价').fill('99000000');
    await bidder.getByText('报价高于最高限价').waitFor();
    await bidder.getByLabel('投标报价').fill('9500000.50');
    expect(await findBarriers(bidder)).toEqual([]);
    const rescue = bidder.waitForEvent('download');
    await submit.click();
    await (await rescue).saveAs(join(folder, 'rescue.txt'));
    await bidder.getByText('已接收，有效').waitFor();
    await showOnTour(bidder, 'bidder-submitted');
  });

  it('downloads a receipt that the program finds genuine, offline', async () => {
    const file = join(folder, 'receipt.zip');
    const download = bidder.waitForEvent('download');
    const ask = bidder.getByRole('button', { name: '下载第 1 版回执' });
    await ask.click();
    // Its entry reaches a checkpoint within seconds; until then the page says so and offers to try again.
    const again = bidder.getByRole('button', { name: '重试' });
    await bidder.addLocatorHandler(again, async () => void (await again.click().catch(() => undefined)));
    await (await download).saveAs(file);
    const said = execFileSync(process.execPath, ['dist/apps/cli/src/main.js', 'receipt', 'verify', file], {
      encoding: 'utf8',
    });
    expect(said).toContain('青海日出建设有限公司');
  });

  it('unlocks the key again after a reload, replaces the bid and takes it back', async () => {
    await bidder.reload();
    await bidder.getByLabel('保护口令').fill('not the passphrase');
    await bidder.getByRole('button', { name: '解锁' }).click();
    await bidder.getByText('口令不正确').waitFor();
    await bidder.getByLabel('保护口令').fill(PASSPHRASE);
    await bidder.getByRole('button', { name: '解锁' }).click();
    await bidder.getByLabel('添加技术标文件').setInputFiles(technical);
    await bidder.getByLabel('添加商务标文件').setInputFiles(boq);
    await bidder.getByLabel('投标报价').fill('9400000');
    await bidder.getByRole('button', { name: '封标并递交' }).click();
    await bidder.getByText('第 2 版 ·').waitFor();
    await bidder.getByText('已接收，有效').waitFor();
    await bidder.getByRole('button', { name: '撤回投标' }).click();
    await bidder.getByRole('button', { name: '确定撤回' }).click();
    await bidder.getByText('已撤回').waitFor();
  });
});
