/** Levels of GB/T 2260, with the townships that statistics add as three more digits. */
export type RegionLevel = 'province' | 'city' | 'county' | 'township';

const CODE = /^(?!00)\d{6}(?:\d{3})?$/;
/** How many digits tell a region of each level from its neighbours; the rest are zeros. */
const DIGITS = { province: 2, city: 4, county: 6, township: 9 } as const;

/** Level of a region's code; undefined for a text that is none. A township has nine digits, all others six. */
export function regionLevel(code: string): RegionLevel | undefined {
  if (!CODE.test(code)) return undefined;
  const isCounty = !code.slice(0, 6).endsWith('00');
  if (code.length === DIGITS.township) return isCounty && !code.endsWith('000') ? 'township' : undefined;
  if (isCounty) return code.slice(2, 4) === '00' ? undefined : 'county';
  return code.endsWith('0000') ? 'province' : 'city';
}

/** The region of the next level above; undefined for a province, and for what is no code. */
export function regionParent(code: string): string | undefined {
  const level = regionLevel(code);
  if (level === 'township') return code.slice(0, DIGITS.county);
  if (level === 'county') return `${code.slice(0, DIGITS.city)}00`;
  if (level === 'city') return `${code.slice(0, DIGITS.province)}0000`;
  return undefined;
}

/** What the codes of a region and of all below it begin with; undefined for what is no code. */
export function regionPrefix(code: string): string | undefined {
  const level = regionLevel(code);
  return level === undefined ? undefined : code.slice(0, DIGITS[level]);
}

/** Whether a region is the other one or lies below it. False where one of both is no code. */
export function isWithin(code: string, region: string): boolean {
  const prefix = regionPrefix(region);
  return prefix !== undefined && regionLevel(code) !== undefined && code.startsWith(prefix);
}

/** Whether a region lies within one of a scope; null is a scope without limit. */
export const isInScope = (code: string, scope: readonly string[] | null): boolean =>
  scope === null || scope.some((region) => isWithin(code, region));
