import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { type AnswerOf, call } from '../api/call.js';
import { isProblem } from '../api/problem.js';

export type ScoringWork = Omit<AnswerOf<'getScoringWork'>, 'page' | 'pages'>;

/**
 * All bids that an expert marks, with the own draft, however many pages they fill; null until the expert has declared
 * to have no conflict: an answer and no failure, so that what is typed stays when it is asked for anew.
 */
export function useScoringWork(tenderId: string): UseQueryResult<ScoringWork | null> {
  return useQuery({
    queryKey: ['getScoringWork', 'all', tenderId],
    queryFn: async ({ signal }) => {
      try {
        return await readWork(tenderId, signal);
      } catch (error) {
        if (isProblem(error) && error.code === 'declaration.missing') return null;
        throw error;
      }
    },
  });
}

async function readWork(tenderId: string, signal: AbortSignal): Promise<ScoringWork> {
  const first = await call('getScoringWork', { tenderId }, { signal });
  const pages = [first];
  for (let page = 2; page <= first.pages; page++) {
    pages.push(await call('getScoringWork', { tenderId, page }, { signal }));
  }
  const { criteria, declaredAt, signedAt } = first;
  return {
    criteria,
    declaredAt,
    signedAt,
    bids: pages.flatMap(({ bids }) => bids),
    draft: Object.assign({}, ...pages.map(({ draft }) => draft)) as ScoringWork['draft'],
    reasons: Object.assign({}, ...pages.map(({ reasons }) => reasons)) as ScoringWork['reasons'],
  };
}
