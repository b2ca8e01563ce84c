import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { awardTender } from '#contracts';
import { createIdentity } from '../../apps/cli/src/client/identity.js';
import { bidContent } from '../../apps/cli/src/demo/documents.js';
import { gatherCast, type Player } from '../../apps/cli/src/demo/cast.js';
import { draftOf } from '../contract/two-tenders.js';
import { type BiddingPerson, type Person, RecordingClient, type Signer } from '../contract/people.js';
import { settled } from '../contract/settled.js';
import { NOTICE_DAYS, TenderWalk } from '../contract/tender-walk.js';
import { findBarriersInBoth } from '../support/axe.js';
import { startBrowser } from '../support/browser.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { showOnTour } from '../support/tour.js';
import { putClockForward } from '../support/put-clock-forward.js';

/** The first is 49 % under the mean of the others. */
const PRICES = ['5000000', '9500000', '10000000'];
const STANDSTILL_DAYS = 3;
const LOW = {
  id: 'low',
  title: { zh: '低于其他报价均值 30% 以上', en: 'More than 30 % under the mean of the others' },
  measure: { rule: 'below-mean-of-others', of: 'offered' },
  is: 'gt',
  limit: { rule: 'declared', value: '30' },
  asks: true,
};

describe('an abnormally low price, an explanation and a correction, in a browser', () => {
  let platform: TestPlatform;
  let browser: Browser;
  let walk: TenderWalk;
  let buyer: Page;
  let bidder: Page;
  let supervisor: Page;

  const person = async ({ account: { login, password, role } }: Player): Promise<Person> => {
    const api = new RecordingClient({ address: platform.current().address });
    const { personId } = await api.signIn(login, password);
    return { role, personId, login, api, cookie: '' };
  };
  const signer = async (player: Player): Promise<Signer> => {
    const one = await person(player);
    return { ...one, identity: await createIdentity(one.api, one.login) };
  };
  const enter = async ({ account }: Player): Promise<Page> => {
    const page = await (await browser.newContext({ locale: 'zh-CN' })).newPage();
    page.setDefaultTimeout(20_000);
    await page.goto(`${platform.current().address}/sign-in`);
    await page.getByLabel('用户名').fill(account.login);
    await page.getByLabel('密码').fill(account.password);
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByRole('heading', { name: '我的工作' }).waitFor();
    return page;
  };
  const go = (page: Page, path: string): Promise<unknown> =>
    page.goto(platform.current().address + path.replace('ID', walk.tenderId));

  beforeAll(async () => {
    platform = await startTestPlatform({ clockFactor: 1 });
    const { address, administrator } = platform.current();
    const stage = { address, administrator, now: new Date().toISOString(), patienceMs: 60_000 };
    const cast = await gatherCast(stage, '-cheap');
    const bidding = cast.bidders.filter(({ company }) => company.fate !== 'is-refused').slice(0, 3);
    const [owner, trustees, experts, bidders] = await Promise.all([
      person(cast.buyer),
      Promise.all(cast.trustees.slice(0, 3).map(signer)),
      Promise.all(cast.experts.map(signer)),
      Promise.all(
        bidding.map(async (player): Promise<BiddingPerson> => ({
          ...(await signer(player)),
          company: player.company,
        })),
      ),
    ]);
    const content = await draftOf(owner);
    const method = { ...content.method, flags: [LOW] };
    walk = await TenderWalk.begin({ buyer: owner, trustees, experts, bidders }, { ...content, method });
    await walk.publish();
    await settled(platform, walk.tenderId, 'published');
    for (const [at, one] of bidders.entries())
      await walk.bid(one, await bidContent(PRICES[at]!, `${one.login} ${walk.tenderId}`));
    await putClockForward(platform, NOTICE_DAYS + 1);
    await settled(platform, walk.tenderId, 'closed');
    for (const trustee of walk.trustees.slice(0, 2)) await trustee.open('technical');
    await settled(platform, walk.tenderId, 'technical-opened');
    for (const expert of experts) await walk.score(expert, true);
    await settled(platform, walk.tenderId, 'scores-locked');
    for (const trustee of walk.trustees.slice(0, 2)) await trustee.open('commercial');
    await settled(platform, walk.tenderId, 'commercial-opened');
    browser = await startBrowser();
    buyer = await enter(cast.buyer);
    bidder = await enter(bidding[0]!);
    supervisor = await enter(cast.supervisor);
  });
  afterAll(async () => {
    await browser?.close();
    await platform?.close();
  });

  it('holds up the ranking; the buyer sees why and asks, with the keyboard alone', async () => {
    await go(bidder, '/tenders/ID/bid');
    await bidder.getByText('请等候采购人的澄清要求').waitFor();
    await go(buyer, '/work/tenders/ID');
    await buyer.getByText('低于其他报价均值 30% 以上：测得 48.72%，限值 30%').waitFor();
    await buyer.getByText('才能否决').waitFor();
    expect(await buyer.getByRole('button', { name: '否决投标' }).isDisabled()).toBe(true);
    expect(await findBarriersInBoth(buyer)).toEqual([]);
    await buyer.getByLabel('需要说明的问题').focus();
    await buyer.keyboard.type('请说明石材单价的构成。');
    await buyer.keyboard.press('Tab');
    await buyer.keyboard.type('24');
    await buyer.getByText('现在发出，答复截止约为').waitFor();
    await buyer.keyboard.press('Tab');
    await buyer.keyboard.press('Enter');
    await buyer.getByText('待投标人答复').waitFor();
    await buyer.getByText(/距答复截止还有 (1 天|23 小时)/).waitFor();
    await showOnTour(buyer, 'price-in-question');
  });

  it('is explained by its bidder while the time lasts, and decided on with a reason', async () => {
    await bidder.getByText('请说明石材单价的构成。').waitFor();
    await bidder.getByText(/距答复截止还有/).waitFor();
    expect(await findBarriersInBoth(bidder)).toEqual([]);
    await bidder.getByLabel('您的说明').fill('自有采石场，无中间环节。');
    await bidder.getByRole('button', { name: '提交说明' }).click();
    await bidder.getByText('已提交的说明').waitFor();
    await buyer.getByText('自有采石场，无中间环节。').waitFor();
    expect(await buyer.getByRole('button', { name: '否决投标' }).isEnabled()).toBe(true);
    await buyer.getByLabel('理由（将公开）').fill('说明合理。');
    await buyer.getByRole('button', { name: '接受报价' }).click();
    await buyer.getByText('均已作出决定').waitFor();
    await bidder.getByText('说明合理。').waitFor();
    await settled(platform, walk.tenderId, 'ranked');
  });

  it('is ranked; its bidder reads how it was scored, others only after the award', async () => {
    await bidder.getByText(/\d 的得分说明/).click();
    await bidder.getByText(/^名次：第 \d 名/).waitFor();
    expect(await findBarriersInBoth(bidder)).toEqual([]);
    await go(supervisor, '/tenders/ID');
    await supervisor.getByText(/共试算 \d+ 种情形/).waitFor();
    await supervisor.getByRole('img', { name: '得分分布' }).waitFor();
    await supervisor.getByText('评审结果没有更正过。').waitFor();
    await showOnTour(supervisor, 'ranking-explained');
    expect(await supervisor.getByRole('heading', { name: '各投标的得分说明' }).count()).toBe(0);
  });

  it('is found void later: the buyer proposes, a supervisor confirms, and everyone sees both versions', async () => {
    const form = buyer.getByRole('region', { name: '提出更正' });
    const alias = (await bidder.getByRole('heading', { name: /的报价$/ }).innerText()).split(' ')[0]!;
    await form.getByLabel('投标（盲码）').selectOption(alias);
    await form.getByRole('button', { name: '加入更正' }).click();
    await form.getByText(`${alias}：作无效处理`).waitFor();
    await form.getByLabel('更正理由').fill('资质证书已过期。');
    expect(await findBarriersInBoth(buyer)).toEqual([]);
    await form.getByRole('button', { name: '提交监督部门确认' }).click();
    const decision = supervisor.getByRole('form', { name: '监督部门决定' });
    await decision.getByLabel('决定理由').fill('情况属实。');
    expect(await findBarriersInBoth(supervisor)).toEqual([]);
    await decision.getByRole('button', { name: '确认更正' }).click();
    for (const page of [supervisor, buyer]) await page.getByText('现行版本：第 2 版').waitFor();
    const row = supervisor.getByRole('region', { name: '排序' }).getByRole('row', { name: alias });
    await row.getByText('无效').waitFor();
    await supervisor.getByText('资质证书已过期。').waitFor();
    await supervisor.getByText('查看第 1 版的排序').click();
    const former = supervisor.getByRole('region', { name: '查看第 1 版的排序' });
    await former.getByRole('row', { name: alias }).getByText('92.49').waitFor();
  });

  it('is explained to everyone after the award, on a page of 360 pixels', async () => {
    await buyer.getByRole('button', { name: '开始公示' }).click();
    await settled(platform, walk.tenderId, 'standstill');
    await putClockForward(platform, STANDSTILL_DAYS + 1);
    await walk.circle.buyer.api.call(awardTender, { tenderId: walk.tenderId });
    await settled(platform, walk.tenderId, 'awarded');
    const visitor = await browser.newPage({ locale: 'zh-CN', viewport: { width: 360, height: 740 } });
    await go(visitor, '/tenders/ID');
    const explained = visitor.getByRole('region', { name: '各投标的得分说明' });
    await explained
      .getByText(/\d 的得分说明/)
      .first()
      .click();
    await explained.getByText('依据的评审结果哈希').waitFor();
    expect(await findBarriersInBoth(visitor)).toEqual([]);
    expect(await visitor.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
});
