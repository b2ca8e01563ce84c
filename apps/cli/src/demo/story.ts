/**
 * What the demonstration plays. The prices are those of a published example (id cn-K-02: 800, 900, 1000, 1100; the
 * highest dropped, benchmark 900), in units of 10,000 yuan, so that the result can be compared with what was printed.
 */
export const PUBLISHED_EXAMPLE = {
  id: 'cn-K-02',
  prices: ['8000000', '9000000', '10000000', '11000000'],
  benchmark: '9000000.00',
  note: 'published benchmark 900, here in units of 10,000 yuan',
} as const;

export interface Company {
  readonly name: string;
  readonly login: string;
  readonly creditCode13: string;
  readonly price: string;
  /** Marks of the five experts, each for all criteria in percent of the maximum. */
  readonly quality: readonly number[];
  readonly fate: 'bids' | 'replaces' | 'fails-technically' | 'withdraws' | 'is-refused';
}

const company = (
  name: string,
  login: string,
  creditCode13: string,
  price: string,
  quality: readonly number[],
  fate: Company['fate'],
): Company => ({ name, login, creditCode13, price, quality, fate });

export const COMPANIES: readonly Company[] = [
  company('西宁昆仑建设有限公司', 'kunlun', '91630100MA70A', '8000000', [82, 84, 80, 86, 79], 'bids'),
  company('青海湟水工程有限公司', 'huangshui', '91630100MA71D', '9000000', [91, 88, 90, 93, 87], 'replaces'),
  company('高原市政集团有限公司', 'gaoyuan', '91630100MA72G', '10000000', [88, 90, 92, 85, 89], 'bids'),
  company('三江源建筑有限公司', 'sanjiangyuan', '91630100MA73K', '11000000', [95, 94, 96, 93, 97], 'bids'),
  company(
    '河湟路桥有限公司',
    'hehuang',
    '91630100MA74N',
    '8600000',
    [50, 55, 48, 52, 57],
    'fails-technically',
  ),
  company('日月山建工有限公司', 'riyueshan', '91630100MA75R', '9400000', [80, 80, 80, 80, 80], 'withdraws'),
  company('无资质装饰有限公司', 'zhuangshi', '91630100MA76W', '0', [], 'is-refused'),
];

export const REFUSAL = '未提供市政公用工程施工总承包资质证书 / No licence for municipal works was submitted';

export const TENDER = {
  title: { zh: '西宁市湟水河滨水绿道工程施工（一标段）', en: 'Huangshui riverside greenway, Xining, lot 1' },
  summary:
    '滨水绿道 6.2 公里，含路基、铺装、桥涵、绿化及照明。Greenway of 6.2 km with pavements, culverts, planting and lighting.',
  regionCode: '630100',
  ceilingPrice: '12000000',
  quorum: 3,
} as const;

export const QUESTION =
  '清单第 37 项花岗岩铺装厚度是 30 mm 还是 50 mm？ / Is the granite of item 37 30 mm or 50 mm thick?';
export const ANSWER = '厚度 50 mm，清单工程量不变。 / 50 mm; the quantity in the bill stays.';
