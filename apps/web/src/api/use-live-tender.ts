import { liveEvents } from 'virtual:contract-routes';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';

export type Liveness = 'connecting' | 'live' | 'lost';

/** One public event of a tender: its type with the name of its service before, when it happened, and what it says. */
export interface LiveEvent {
  readonly id: string;
  readonly type: string;
  readonly at: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const TELL_AT_MOST_EVERY_MS = 300;

/**
 * Follows a tender's public life: whatever is shown of it is asked for anew when something happens. The browser
 * connects again by itself and goes on after the last event that it saw. `onEvent` gets every event from the first on.
 */
export function useLiveTender(tenderId: string, onEvent?: (event: LiveEvent) => void): Liveness {
  const queries = useQueryClient();
  const [liveness, setLiveness] = useState<Liveness>('connecting');
  const hand = useEffectEvent((type: string, { lastEventId, data: text }: MessageEvent<string>) => {
    if (!onEvent) return;
    const { at, ...data } = JSON.parse(text) as { at: string } & Record<string, unknown>;
    onEvent({ id: lastEventId, type, at, data });
  });
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
    for (const name of liveEvents) {
      source.addEventListener(name, (event) => {
        hand(name, event as MessageEvent<string>);
        tell();
      });
    }
    return () => {
      clearTimeout(timer);
      source.close();
    };
  }, [tenderId, queries]);
  return liveness;
}
