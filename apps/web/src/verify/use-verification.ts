import { useEffect, useReducer, useRef } from 'react';
import { after, begun, type Verification } from './verification.js';
import type { VerifyOrder, VerifyWord } from './verify-order.js';

type Action = { readonly begin: VerifyOrder['kind'] } | { readonly word: VerifyWord };

const reduce = (seen: Verification | null, action: Action): Verification | null =>
  'begin' in action ? begun(action.begin) : seen && after(seen, action.word);

/** One verification at a time, in a worker of its own that ends with it or with the page. */
export function useVerification(): {
  readonly seen: Verification | null;
  readonly verify: (order: VerifyOrder) => void;
} {
  const [seen, tell] = useReducer(reduce, null);
  const worker = useRef<Worker | null>(null);
  useEffect(() => () => worker.current?.terminate(), []);
  const verify = (order: VerifyOrder): void => {
    worker.current?.terminate();
    tell({ begin: order.kind });
    const one = new Worker(new URL('./verify.worker.ts', import.meta.url), { type: 'module' });
    worker.current = one;
    one.addEventListener('error', ({ message }) =>
      tell({ word: { type: 'unread', code: 'internal.error', message } }),
    );
    one.addEventListener('message', ({ data }: MessageEvent<VerifyWord>) => {
      tell({ word: data });
      if (data.type === 'ended' || data.type === 'fault' || data.type === 'unread') one.terminate();
    });
    one.postMessage(order);
  };
  return { seen, verify };
}
