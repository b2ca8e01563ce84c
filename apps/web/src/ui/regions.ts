import { type Region, XINING } from '#kernel';

/** What a notice can be filed under here. */
export const REGIONS: readonly Region[] = XINING.regions;
