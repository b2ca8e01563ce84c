import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { type AnswerOf, call, type ContractName, type InputOf } from './call.js';

/** What a query of the platform answers, kept fresh; `null` as input asks nothing yet. */
export function useAnswer<Name extends ContractName>(
  name: Name,
  input: InputOf<Name> | null,
): UseQueryResult<AnswerOf<Name>> {
  return useQuery({
    queryKey: [name, input],
    queryFn: ({ signal }) => call(name, input!, { signal }),
    enabled: input !== null,
  });
}
