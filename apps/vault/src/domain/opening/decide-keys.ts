import { DomainError, type Instant } from '#kernel';
import type { Opening } from './opening.js';
import type { CommandOf } from './opening-command.js';
import type { OpeningEvent } from './opening-event.js';

/** A bidder releases a key of its own, once; the last of them ends the window. Throws `bidder-key.not-open`. */
export function releaseKey({ alias, now }: CommandOf<'release-key'>, opening: Opening): OpeningEvent[] {
  const { stage, keys } = opening;
  if (stage !== 'bidder-keys' || keys === null) {
    throw new DomainError(
      'bidder-key.not-open',
      'Keys are released before the session, until the window ends; not now.',
      { stage, until: keys?.until ?? null },
    );
  }
  if (keys.released.includes(alias)) return [];
  const released: OpeningEvent = { type: 'bidder-key-released', alias };
  const isLast = keys.released.length + 1 === opening.of;
  return isLast ? [released, { type: 'bidder-keys-closed', at: now }] : [released];
}

/** The window is over. Where nobody released a key there is nothing to open. */
export function closeKeys({ keys }: Opening, now: Instant): OpeningEvent[] {
  const closed: OpeningEvent = { type: 'bidder-keys-closed', at: now };
  const isEmpty = keys!.released.length === 0;
  return isEmpty ? [closed, { type: 'opening-failed', revealed: 0 }] : [closed];
}
