export interface Region {
  /** GB/T 2260. */
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

export interface RegionTable {
  /** Since when these regions are as they are listed. */
  readonly asOf: string;
  readonly regions: readonly Region[];
}

/**
 * Xining and its counties. Of 2020, when Huangzhong county (630122) became a district (630106). Townships are not
 * listed: a code of nine digits is taken as it is.
 */
export const XINING: RegionTable = {
  asOf: '2020-06-05',
  regions: [
    { code: '630100', zh: '西宁市', en: 'Xining' },
    { code: '630102', zh: '城东区', en: 'Chengdong' },
    { code: '630103', zh: '城中区', en: 'Chengzhong' },
    { code: '630104', zh: '城西区', en: 'Chengxi' },
    { code: '630105', zh: '城北区', en: 'Chengbei' },
    { code: '630106', zh: '湟中区', en: 'Huangzhong' },
    { code: '630121', zh: '大通回族土族自治县', en: 'Datong' },
    { code: '630123', zh: '湟源县', en: 'Huangyuan' },
  ],
};
