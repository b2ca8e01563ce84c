import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { type AnswerOf, call, type ContractName, type InputOf } from './call.js';

/** Contracts that answer in pages by id. */
type PagedName = {
  [Name in ContractName]: AnswerOf<Name> extends { items: unknown[]; next: string | null } ? Name : never;
}[ContractName];
export type ItemOf<Name extends PagedName> = AnswerOf<Name> extends { items: (infer Item)[] } ? Item : never;

const PAGE_ITEMS = 100;
/** A list that is longer than a person reads is cut, and says so. */
const PAGES_MAX = 50;

export interface Everything<Item> {
  readonly items: readonly Item[];
  readonly isCut: boolean;
}

/** Everything that a paged query answers, page by page; `null` as input asks nothing yet. */
export function useAll<Name extends PagedName>(
  name: Name,
  input: Omit<InputOf<Name>, 'after' | 'limit'> | null,
): UseQueryResult<Everything<ItemOf<Name>>> {
  return useQuery({
    queryKey: [name, 'all', input],
    enabled: input !== null,
    queryFn: async ({ signal }) => {
      const items: ItemOf<Name>[] = [];
      let after: string | null = null;
      for (let page = 0; page < PAGES_MAX; page++) {
        const asked: object = { ...input, limit: PAGE_ITEMS, ...(after ? { after } : {}) };
        const answer = await call(name, asked as InputOf<Name>, { signal });
        const { items: more, next } = answer as { items: ItemOf<Name>[]; next: string | null };
        items.push(...more);
        if (next === null) return { items, isCut: false };
        after = next;
      }
      return { items, isCut: true };
    },
  });
}
