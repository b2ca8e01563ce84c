import { isInScope as isRegionInScope } from '#kernel';

/** Regions that a supervisor may see, with all below them; null for every region. */
export type RegionScope = readonly string[] | null;

/** What has no region, as a commitment, is in every scope. */
export const isInScope = (region: string | null, scope: RegionScope): boolean =>
  region === null || isRegionInScope(region, scope);
