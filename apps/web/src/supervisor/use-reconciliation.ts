import { useEffect, useRef, useState } from 'react';
import { type AnswerOf, call } from '../api/call.js';

type Answer = AnswerOf<'getReconciliation'>;

export interface Reconciliation {
  readonly state: 'running' | 'stopped' | 'done' | 'refused';
  readonly pages: number;
  readonly rows: number;
  readonly entries: number;
  readonly last: Answer | null;
  readonly differences: Answer['differences'];
  readonly error: Error | null;
}

const BEGUN: Reconciliation = {
  state: 'running',
  pages: 0,
  rows: 0,
  entries: 0,
  last: null,
  differences: [],
  error: null,
};

const withPage = (so: Reconciliation, last: Answer): Reconciliation => ({
  ...so,
  state: last.next === null ? 'done' : 'running',
  pages: so.pages + 1,
  rows: so.rows + last.compared.rows,
  entries: so.entries + last.compared.entries,
  differences: [...so.differences, ...last.differences],
  last,
});

/** Compares services and ledger page by page until all is compared or somebody stops it; null before it began. */
export function useReconciliation(): {
  readonly run: Reconciliation | null;
  readonly begin: () => void;
  readonly stop: () => void;
} {
  const [run, setRun] = useState<Reconciliation | null>(null);
  const stopped = useRef<AbortController | null>(null);
  useEffect(() => () => stopped.current?.abort(), []);
  const begin = async (): Promise<void> => {
    const { signal } = (stopped.current = new AbortController());
    let so = BEGUN;
    setRun(so);
    try {
      while (so.state === 'running') {
        const after = so.last?.next;
        so = withPage(so, await call('getReconciliation', after ? { after } : {}, { signal }));
        setRun(so);
      }
    } catch (error) {
      if (signal.aborted) setRun({ ...so, state: 'stopped' });
      else setRun({ ...so, state: 'refused', error: error as Error });
    }
  };
  return { run, begin: () => void begin(), stop: () => stopped.current?.abort() };
}
