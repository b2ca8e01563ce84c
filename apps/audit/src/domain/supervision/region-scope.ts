/** Regions that a supervisor may see, with all below them; null for every region. */
export type RegionScope = readonly string[] | null;

/**
 * What the codes of a region and of all below it begin with: GB/T 2260 gives provinces two digits, cities four, counties
 * six, and the rest of six is 00.
 */
export const regionPrefix = (code: string): string =>
  code.length === 6 ? code.replace(/(?:00){1,2}$/, '') : code;

/** What has no region, as a commitment, is in every scope. */
export const isInScope = (region: string | null, scope: RegionScope): boolean =>
  region === null || scope === null || scope.some((code) => region.startsWith(regionPrefix(code)));
