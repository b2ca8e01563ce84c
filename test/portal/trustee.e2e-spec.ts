import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateX25519Identity } from 'age-encryption';
import type { Browser, Page } from 'playwright-core';
import { beginRehearsal, getTender } from '#contracts';
import { ApiClient } from '../../apps/cli/src/client/api-client.js';
import { createIdentity } from '../../apps/cli/src/client/identity.js';
import { readTime } from '../../apps/cli/src/client/read-time.js';
import { Trustee } from '../../apps/cli/src/client/trustee.js';
import { waitUntil } from '../../apps/cli/src/client/wait-until.js';
import { whenPossible } from '../../apps/cli/src/client/when-possible.js';
import { bid, type Contents, writeBids } from '../../apps/cli/src/demo/acts/bidding.js';
import { certifyBidders, type Draft, makeDraft, publish } from '../../apps/cli/src/demo/acts/preparation.js';
import { score } from '../../apps/cli/src/demo/acts/scoring.js';
import { type Account, type Cast, gatherCast } from '../../apps/cli/src/demo/cast.js';
import { Transcript } from '../../apps/cli/src/demo/transcript.js';
import { findBarriersInBoth } from '../support/axe.js';
import { startBrowser } from '../support/browser.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { putClockForward } from '../support/put-clock-forward.js';
import { tabTo } from '../support/tab-to.js';
import { showOnTour } from '../support/tour.js';

const PASSPHRASE = '湟水河畔的七棵白杨 1987';
const PATIENCE_MS = 60_000;
const NOTICE_DAYS = 21;

describe('trustees in browsers, and the opening hall beside them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sunseal-trustee-'));
  const transcript = new Transcript(1, () => undefined, false);
  let platform: TestPlatform;
  let browser: Browser;
  let cast: Cast;
  let draft: Draft;
  let tenderId: string;
  let contents: Contents;
  /** Two in browsers of their own; the other three of the committee use the program. */
  let first: Page;
  let second: Page;
  let others: readonly Trustee[];
  let hall: Page;

  const at = (path: string): string => platform.current().address + path;
  const newPage = async (): Promise<Page> => {
    const page = await (await browser.newContext({ locale: 'zh-CN' })).newPage();
    page.setDefaultTimeout(30_000);
    return page;
  };
  const signIn = async (page: Page, { login, password }: Account): Promise<void> => {
    await page.goto(at('/sign-in'));
    await page.getByLabel('用户名').fill(login);
    await page.getByLabel('密码').fill(password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '我的工作' }).waitFor();
  };
  /** Sets the clock of somebody's machine to the platform's, which a test has put forward. */
  const setClock = async (page: Page): Promise<void> =>
    page.clock.setFixedTime((await readTime(cast.buyer.api)).now);
  const makeKey = async (page: Page): Promise<void> => {
    for (const name of ['保护口令', '密钥文件口令']) {
      await page.getByLabel(name).first().waitFor();
      await tabTo(page, name);
      await page.keyboard.type(PASSPHRASE);
      await page.keyboard.press('Tab');
      await page.keyboard.type(PASSPHRASE);
      const file = page.waitForEvent('download');
      await page.keyboard.press('Enter');
      await (await file).saveAs(join(folder, name));
    }
    await page.getByText('已提交。采购人收齐全部见证人的声明后').waitFor();
  };
  /** A bidder who is asked for the rescue identity, and has the one of another envelope. */
  const revealWrongRescue = async (): Promise<void> => {
    const bidder = await newPage();
    await signIn(bidder, cast.bidders[0]!.account);
    await bidder.goto(at(`/tenders/${tenderId}/opening`));
    const give = async (text: string): Promise<void> => {
      await bidder
        .getByLabel('从应急密钥文件读取')
        .setInputFiles({ name: 'rescue.txt', mimeType: 'text/plain', buffer: Buffer.from(text) });
      await bidder.getByRole('button', { name: '提交应急密钥' }).click();
    };
    await give('# technical\n');
    await bidder.getByRole('alert').getByText('文件中没有这个信封的应急密钥').waitFor();
    await give(`# commercial\n${await generateX25519Identity()}\n`);
    await bidder.getByRole('alert').getByText('该应急密钥打不开信封').waitFor();
    await bidder.context().close();
  };
  const opening = (page: Page, kind: '技术标' | '商务标') =>
    page.getByRole('region', { name: `${kind}开标`, exact: true });

  beforeAll(async () => {
    platform = await startTestPlatform({ clockFactor: 1 });
    const { address, administrator } = platform.current();
    const { now } = await readTime(new ApiClient({ address }));
    [browser, cast] = await Promise.all([
      startBrowser(),
      gatherCast({ address, administrator, now, patienceMs: PATIENCE_MS }, '-hall'),
    ]);
    ({ tenderId, draft } = await makeDraft(cast, transcript));
    [first, second, hall] = await Promise.all([newPage(), newPage(), newPage()]);
  });
  afterAll(async () => {
    await browser?.close();
    await platform?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('make the keys of a tender, with a keyboard alone, and hand in their statements', async () => {
    await signIn(first, cast.trustees[0]!.account);
    await first.getByRole('link', { name: '见证人工作台' }).waitFor();
    await tabTo(first, '见证人工作台');
    await first.keyboard.press('Enter');
    await first.getByText('每个项目使用一把专用密钥').waitFor();
    expect(await findBarriersInBoth(first)).toEqual([]);
    await makeKey(first);
    expect(await findBarriersInBoth(first)).toEqual([]);
    await showOnTour(first, 'trustee-key');
    await signIn(second, cast.trustees[1]!.account);
    await second.goto(at(`/tenders/${tenderId}/trustee`));
    await makeKey(second);
  });

  it('rehearse with them, beside those who use the program', async () => {
    const seats = cast.trustees.slice(2).map(async ({ api, account }) => {
      const trustee = new Trustee(api, await createIdentity(api, account.login), tenderId);
      await trustee.submitStatement((await readTime(api)).now);
      return trustee;
    });
    others = await Promise.all(seats);
    await first.getByText('采购人还没有开始演练').waitFor();
    await cast.buyer.api.call(beginRehearsal, { tenderId });
    await others[0]!.rehearse();
    for (const page of [first, second]) {
      await page.reload();
      await page.getByRole('region', { name: '开标演练' }).getByText('请先解锁密钥').waitFor();
    }
    await second.getByLabel('密钥文件口令').first().fill('not the passphrase');
    await second.getByRole('button', { name: '解锁密钥' }).click();
    await second.getByRole('alert').getByText('口令不正确').waitFor();
    for (const page of [first, second]) {
      await page.getByLabel('密钥文件口令').first().fill(PASSPHRASE);
      await page.getByRole('button', { name: '解锁密钥' }).click();
      await page.getByRole('button', { name: '用我的密钥开启演练信封' }).click();
      await page.getByText('您已完成演练').waitFor();
    }
    await second.getByText('演练信封已成功开启').waitFor();
  });

  it('can do nothing before the deadline, and nobody else can take their place', async () => {
    const seats = await certifyBidders(cast, tenderId, transcript);
    contents = await writeBids(seats);
    await publish(cast, tenderId, draft, PATIENCE_MS, transcript);
    await whenPossible('the vault to know the tender', 'tender.unknown', () => seats[0]!.bidder.descriptor());
    await bid(seats, contents, transcript);
    await hall.goto(at(`/tenders/${tenderId}/opening`));
    await hall.getByRole('heading', { name: '尚未开标' }).waitFor();
    expect(await findBarriersInBoth(hall)).toEqual([]);
    await first.getByText('投标截止后才能开标').first().waitFor();
    expect(await first.getByRole('button', { name: '到场并核验' }).count()).toBe(0);
    const buyer = await newPage();
    await signIn(buyer, cast.buyer.account);
    await buyer.goto(at(`/tenders/${tenderId}/trustee`));
    await buyer.getByRole('alert').getByText('您不是本项目的开标见证人').waitFor();
    await buyer.context().close();
  });

  it('give no share while it is too early by their own machine’s clock', async () => {
    await putClockForward(platform, NOTICE_DAYS);
    await waitUntil('the deadline', PATIENCE_MS, async () => {
      const { stage } = await cast.buyer.api.call(getTender, { tenderId });
      return stage === 'closed' ? stage : undefined;
    });
    await hall.getByRole('heading', { name: '截标记录' }).waitFor();
    await opening(first, '技术标').getByRole('button', { name: '到场并核验' }).click();
    await first.getByText('本机核验不通过，没有提交任何份额').waitFor();
    await first.getByRole('alert').getByText('by this machine’s clock').waitFor();
    expect(await findBarriersInBoth(first)).toEqual([]);
    await opening(hall, '技术标').getByText('正在开标').waitFor();
  });

  it('verify ledger and deals in the browser, and give their shares; the hall sees it live', async () => {
    await setClock(first);
    await opening(first, '技术标').getByRole('button', { name: '到场并核验' }).click();
    await first.getByRole('heading', { name: '核验通过' }).waitFor();
    await first.getByText('5 份封标证明全部成立').waitFor();
    expect(await findBarriersInBoth(first)).toEqual([]);
    await showOnTour(first, 'trustee-verified');
    await first.getByRole('button', { name: '提交份额' }).click();
    await opening(first, '技术标').getByText('您已交齐份额').waitFor();
    await opening(hall, '技术标').getByText('已有 1 位见证人交齐份额，法定人数 3 人').waitFor();
    await others[0]!.open('technical');
    await opening(hall, '技术标').getByText('已有 2 位见证人交齐份额，法定人数 3 人').waitFor();
    expect(await findBarriersInBoth(hall)).toEqual([]);
    await showOnTour(hall, 'hall-in-session');
  });

  it('hear an objection of a bidder, which everyone reads without its name', async () => {
    const bidder = await newPage();
    const { account, company } = cast.bidders[0]!;
    await signIn(bidder, account);
    await bidder.goto(at(`/tenders/${tenderId}/opening`));
    await bidder.getByLabel('提出异议').fill('第三席到场太晚。');
    await bidder.getByRole('button', { name: '提交异议' }).click();
    const heard = opening(hall, '技术标').getByRole('listitem').filter({ hasText: '第三席到场太晚。' });
    await heard.first().waitFor();
    expect(await hall.locator('main').innerText()).not.toContain(company.name);
    expect(await hall.getByLabel('提出异议').count()).toBe(0);
    await bidder.context().close();
  });

  it('load a key file on another machine, and with the quorum everything opens', async () => {
    const elsewhere = await newPage();
    await signIn(elsewhere, cast.trustees[1]!.account);
    await setClock(elsewhere);
    await elsewhere.goto(at(`/tenders/${tenderId}/trustee`));
    await elsewhere.getByText('本浏览器中没有这个项目的密钥').waitFor();
    await elsewhere.getByText('从密钥文件载入').first().click();
    await elsewhere.getByLabel('换了电脑或浏览器时').setInputFiles(join(folder, '密钥文件口令'));
    await elsewhere.getByLabel('密钥文件口令').fill(PASSPHRASE);
    await elsewhere.getByRole('button', { name: '从密钥文件载入' }).click();
    await opening(elsewhere, '技术标').getByRole('button', { name: '到场并核验' }).click();
    await elsewhere.getByRole('button', { name: '提交份额' }).click();
    await hall.getByRole('heading', { name: '技术标开启结果' }).waitFor();
    await elsewhere.context().close();
    const rows = hall.getByRole('region', { name: '技术标开启结果' }).getByRole('row');
    expect(await rows.count()).toBe(1 + 5);
    await rows.nth(1).getByText('评分锁定后公布').waitFor();
    await hall.getByText(/开标过程（\d+ 条）/).click();
    await hall.getByText('存储的 5 个信封与收到时一致，开始解封。').waitFor();
    expect(await findBarriersInBoth(hall)).toEqual([]);
    await showOnTour(hall, 'hall-technical-opened');
  });

  it('are too few in time: the hall says what that means, and who comes then still opens', async () => {
    await score(cast, tenderId, contents, transcript);
    await opening(hall, '商务标').getByText('等待第一位见证人到场').waitFor();
    await others[0]!.open('commercial');
    await putClockForward(platform, 2);
    const commercial = opening(hall, '商务标');
    await commercial.getByText('缺一份则一份也不开启').waitFor();
    expect(await findBarriersInBoth(hall)).toEqual([]);
    await showOnTour(hall, 'hall-rescue');
    await revealWrongRescue();
    await others[1]!.open('commercial');
    await setClock(first);
    await opening(first, '商务标').getByRole('button', { name: '到场并核验' }).click();
    await opening(first, '商务标').getByRole('button', { name: '提交份额' }).click();
    const readOut = hall.getByRole('region', { name: '商务标唱标' });
    await readOut.getByText('¥').first().waitFor();
    const named = cast.bidders.filter(({ company }) => company.fate !== 'is-refused');
    const text = await readOut.innerText();
    expect(named.some(({ company }) => text.includes(company.name))).toBe(true);
    await showOnTour(hall, 'hall-commercial-opened');
  });

  it('leave a hall that reads well at 360 pixels, in both languages', async () => {
    await hall.setViewportSize({ width: 360, height: 740 });
    expect(await findBarriersInBoth(hall)).toEqual([]);
    expect(await hall.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
});
