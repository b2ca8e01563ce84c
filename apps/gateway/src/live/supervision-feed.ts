import type { Writable } from 'node:stream';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ResponseOf, readFeed } from '#contracts';

type Feed = ResponseOf<typeof readFeed>;

export interface FeedParts {
  readonly out: Writable;
  /** Asks for what came after an index, as the person who follows; throws when that person may not any more. */
  readonly read: (after: number) => Promise<Feed>;
  /** The last index that was seen; −1 for none. */
  readonly after: number;
  readonly everyMs: number;
  /** Aborted when the connection is gone or the program stops. */
  readonly signal: AbortSignal;
}

/** A comment line after so many looks without news keeps proxies from cutting the connection. */
const QUIET_LOOKS = 10;

/**
 * Writes entries as server-sent events, each with its index as id, in order, none left out and none twice, until the
 * signal is aborted. Waits for a slow reader instead of keeping what it has not read. A look that is refused ends it
 * with that refusal.
 */
export async function followFeed({ out, read, after, everyMs, signal }: FeedParts): Promise<void> {
  let at = after;
  // A client that comes again before its first entry goes on from here as well.
  await write(out, `${at < 0 ? '' : `id: ${at}\n`}retry: ${everyMs}\n: connected\n\n`, signal);
  for (let quiet = 1; !signal.aborted;) {
    const { items, lookedTo, isMore } = await read(at);
    for (const item of items) {
      await write(out, `id: ${item.index}\nevent: entry\ndata: ${JSON.stringify(item)}\n\n`, signal);
    }
    at = Math.max(at, lookedTo);
    if (isMore) continue;
    quiet = items.length > 0 ? 0 : quiet + 1;
    if (quiet >= QUIET_LOOKS) {
      await write(out, ': still here\n\n', signal);
      quiet = 0;
    }
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
  }
}

async function write(out: Writable, text: string, signal: AbortSignal): Promise<void> {
  if (signal.aborted || out.write(text)) return;
  await once(out, 'drain', { signal }).catch(() => undefined);
}
