import { inParts, MESSAGE_PART, type PartLimits } from './in-parts.js';

/** The page of that number, from 1; nothing is on a page that does not exist. */
export const pageOf = <T>(pages: readonly (readonly T[])[], page: number): T[] => [
  ...(pages[page - 1] ?? []),
];

/** Cuts the long lists of one answer into pages and remembers how many the longest needs. */
export class Pages {
  count = 1;

  constructor(readonly page: number) {}

  take<T>(items: readonly T[], limits: PartLimits = MESSAGE_PART): T[] {
    const parts = inParts(items, limits);
    this.count = Math.max(this.count, parts.length);
    return pageOf(parts, this.page);
  }

  /** For a list of short items whose pages are read one by one: where this page's begin. */
  slice(of: number, limit: number): { readonly offset: number; readonly limit: number } {
    this.count = Math.max(this.count, Math.ceil(of / limit));
    return { offset: (this.page - 1) * limit, limit };
  }
}
