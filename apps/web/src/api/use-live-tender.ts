import { liveEvents } from 'virtual:contract-routes';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

export type Liveness = 'connecting' | 'live' | 'lost';

const TELL_AT_MOST_EVERY_MS = 300;

/**
 * Follows a tender's public life: whatever is shown of it is asked for anew when something happens. The browser
 * connects again by itself and goes on after the last event that it saw.
 */
export function useLiveTender(tenderId: string): Liveness {
  const queries = useQueryClient();
  const [liveness, setLiveness] = useState<Liveness>('connecting');
  useEffect(() => {
    const source = new EventSource(`/api/v1/tenders/${tenderId}/events`);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'platform-time' });
      }, TELL_AT_MOST_EVERY_MS);
    };
    source.addEventListener('open', () => setLiveness('live'));
    source.addEventListener('error', () => setLiveness('lost'));
    // Named events do not reach `onmessage`.
    for (const name of liveEvents) source.addEventListener(name, tell);
    return () => {
      clearTimeout(timer);
      source.close();
    };
  }, [tenderId, queries]);
  return liveness;
}
