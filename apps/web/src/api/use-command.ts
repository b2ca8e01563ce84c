import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { type AnswerOf, call, type ContractName, type InputOf } from './call.js';

/**
 * A command of the platform. Pressed again after a failure it is sent with the same key, so that it takes effect
 * once; after success everything that is shown is asked for anew.
 */
export function useCommand<Name extends ContractName>(
  name: Name,
): UseMutationResult<AnswerOf<Name>, Error, InputOf<Name>> {
  const queries = useQueryClient();
  const sent = useRef<{ readonly input: string; readonly key: string } | null>(null);
  return useMutation({
    mutationFn: (input: InputOf<Name>) => {
      const text = JSON.stringify(input);
      if (sent.current?.input !== text) sent.current = { input: text, key: crypto.randomUUID() };
      return call(name, input, { idempotencyKey: sent.current.key });
    },
    onSuccess: async () => {
      sent.current = null;
      await queries.invalidateQueries();
    },
  });
}
