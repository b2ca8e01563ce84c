import type { Bilingual } from '../evaluation-types.js';

const STAGES: Readonly<Record<string, Bilingual>> = {
  v: { zh: '版本', en: 'Version' },
  id: { zh: '编号', en: 'Id' },
  title: { zh: '名称', en: 'Title' },
  source: { zh: '依据', en: 'Source' },
  inputs: { zh: '报价之外的填报', en: 'Statements beside the price' },
  correct: { zh: '算术修正', en: 'Correction' },
  admit: { zh: '准入', en: 'Admission' },
  adjust: { zh: '评标价调整', en: 'Adjustment' },
  bench: { zh: '基准价', en: 'Benchmark' },
  score: { zh: '价格评分', en: 'Price score' },
  panel: { zh: '专家评分', en: 'Panel' },
  combine: { zh: '合成', en: 'Combination' },
  rank: { zh: '排序', en: 'Ranking' },
  award: { zh: '推荐', en: 'Award' },
  flags: { zh: '提示', en: 'Flags' },
};

/** What a buyer calls the part of the document that a key of its first level begins. */
export function stageOf(key: PropertyKey | undefined): Bilingual {
  const name = typeof key === 'string' && Object.hasOwn(STAGES, key) ? STAGES[key] : undefined;
  return name ?? { zh: '评标办法', en: 'Method' };
}
