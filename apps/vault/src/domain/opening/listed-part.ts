import type { PartLimits } from '#kernel';

/** Digests of the close record's list that go with a page of manifests: two for each of those. */
export const LISTED_PART: PartLimits = { itemsMax: 400, bytesMax: 32 * 1024 };
