import { isInScope as isRegionInScope } from '#kernel';
import type { RegionScope } from '#contracts';

/** What has no region, as a commitment, is in every scope. */
export const isInScope = (region: string | null, scope: RegionScope): boolean =>
  region === null || isRegionInScope(region, scope);
