import type { AnswerOf } from '../api/call.js';
import { readSession } from '../session/use-session.js';

export type Entry = AnswerOf<'listEntries'>['items'][number];
/** `ended`: the session is over, and only a sign-in mends that. */
export type FollowState = 'live' | 'lost' | 'ended';

const FEED = '/api/v1/supervision/feed';
const AGAIN_MS = 2_000;

interface Follower {
  readonly onState: (state: FollowState) => void;
  readonly onEntry: (entry: Entry) => void;
}

/**
 * Follows the live feed until the returned function is called. The browser mends a cut by itself, but gives up for good
 * on any refusal, as of a platform that is starting: then it is asked anew, after the last entry that was seen, unless
 * the session is over.
 */
export function followEntries({ onState, onEntry }: Follower): () => void {
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let seen: number | undefined;
  let isOver = false;

  const askAnew = async (): Promise<void> => {
    const session = await readSession().catch(() => undefined);
    if (isOver) return;
    if (session === null) onState('ended');
    else timer = setTimeout(open, AGAIN_MS);
  };
  const open = (): void => {
    source = new EventSource(seen === undefined ? FEED : `${FEED}?after=${seen}`);
    source.addEventListener('open', () => onState('live'));
    source.addEventListener('error', () => {
      onState('lost');
      if (source.readyState === EventSource.CLOSED) void askAnew();
    });
    source.addEventListener('entry', ({ data }: MessageEvent<string>) => {
      const entry = JSON.parse(data) as Entry;
      seen = entry.index;
      onEntry(entry);
    });
  };

  open();
  return () => {
    isOver = true;
    clearTimeout(timer);
    source.close();
  };
}
