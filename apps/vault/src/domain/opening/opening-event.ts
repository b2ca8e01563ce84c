import type { Instant } from '#kernel';
import type { OpeningFault } from '#contracts';
import type { OpenedItem } from './verdict.js';

/** What happens in an opening. The state is made of these alone. */
export type OpeningEvent =
  | { readonly type: 'bidder-key-released'; readonly alias: string }
  | { readonly type: 'bidder-keys-closed'; readonly at: Instant }
  | { readonly type: 'trustee-attended'; readonly trusteeIndex: number; readonly at: Instant }
  | {
      readonly type: 'shares-taken';
      readonly trusteeIndex: number;
      readonly given: number;
    }
  | {
      readonly type: 'shares-given';
      readonly trusteeIndex: number;
      readonly sharesSha256: string;
      readonly at: Instant;
    }
  | {
      readonly type: 'share-refused';
      readonly trusteeIndex: number;
      readonly manifestSha256: string;
      readonly code: string;
      readonly at: Instant;
    }
  | { readonly type: 'quorum-failed'; readonly rescueUntil: Instant }
  | { readonly type: 'rescue-revealed'; readonly alias: string }
  | { readonly type: 'combining-begun'; readonly openedBy: 'trustees' | 'bidders' }
  | { readonly type: 'stored-envelopes-checked'; readonly at: Instant }
  | { readonly type: 'opening-progressed'; readonly opened: number }
  | {
      readonly type: 'opening-halted';
      readonly fault: OpeningFault;
      readonly manifestSha256s: readonly string[];
      readonly at: Instant;
    }
  | { readonly type: 'opening-resumed' }
  /** The session, or the window for rescue identities or bidders' keys, ends then. */
  | { readonly type: 'opening-prolonged'; readonly until: Instant }
  | { readonly type: 'envelopes-opened'; readonly items: readonly OpenedItem[]; readonly at: Instant }
  | { readonly type: 'opening-failed'; readonly revealed: number };
