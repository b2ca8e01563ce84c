import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { allPages, joinOpeningRecord } from '#verify';
import { type AnswerOf, call } from '../api/call.js';
import { isProblem } from '../api/problem.js';

type Page = AnswerOf<'getOpeningRecord'>;
export type HallRecord = Pick<Page, 'close' | 'openings' | 'bidders' | 'leftSealed'>;
export type HallOpening = HallRecord['openings'][number];

/** The whole opening record, its long lists joined. */
export function useHallRecord(tenderId: string): UseQueryResult<HallRecord> {
  return useQuery({
    queryKey: ['getOpeningRecord', 'all', tenderId],
    queryFn: async ({ signal }) => {
      return joinOpeningRecord(
        await allPages((page) => call('getOpeningRecord', { tenderId, page }, { signal })),
      );
    },
  });
}

/** Alias → the price that was read, once the bids are evaluated, which follows the commercial opening at once. */
export function useReadPrices(tenderId: string, isOpened: boolean): ReadonlyMap<string, string> | undefined {
  const { data } = useQuery({
    queryKey: ['getEvaluation', 'prices', tenderId],
    enabled: isOpened,
    queryFn: async ({ signal }) => {
      try {
        const prices = new Map<string, string>();
        for (let page = 1, pages = 1; page <= pages; page++) {
          const answer = await call('getEvaluation', { tenderId, page }, { signal });
          for (const { id, price } of answer.document.bids) prices.set(String(id), String(price));
          pages = answer.pages;
        }
        return prices;
      } catch (error) {
        if (isProblem(error) && error.code === 'evaluation.not-yet') return null;
        throw error;
      }
    },
  });
  return data ?? undefined;
}
