import { asksBidderKey, type TenderDescriptor } from '#sealing';

/** How long the quorum has for an opening, where the procedure (`openingHours`) says nothing. */
export const OPENING_HOURS = 24;
/** How long bidders have to reveal rescue identities, where the procedure (`rescueHours`) says nothing. */
export const RESCUE_HOURS = 48;
/** How long bidders have to release keys of their own, where the procedure (`bidderKeyHours`) says nothing. */
export const BIDDER_KEY_HOURS = 24;
/** People act in real time: however fast a demonstration clock runs, they have this long. */
export const REAL_MS_MIN = 10 * 60_000;

const HOUR_MS = 3_600_000;

/** The limits of an opening by the platform's clock. */
export interface OpeningRules {
  readonly sessionMs: number;
  readonly rescueMs: number;
  /** Null where the procedure asks for no keys of bidders' own. */
  readonly bidderKeyMs: number | null;
}

/** Reads `openingHours`, `rescueHours`, `bidderKey` and `bidderKeyHours` out of the descriptor's rules. `clockFactor` is 1 but in demonstrations. */
export function openingRules(rules: TenderDescriptor['rules'], clockFactor: number): OpeningRules {
  const lasts = (hours: string | number | boolean | undefined, otherwise: number): number =>
    Math.max(
      (typeof hours === 'number' && hours > 0 ? hours : otherwise) * HOUR_MS,
      REAL_MS_MIN * clockFactor,
    );
  return {
    sessionMs: lasts(rules['openingHours'], OPENING_HOURS),
    rescueMs: lasts(rules['rescueHours'], RESCUE_HOURS),
    bidderKeyMs: asksBidderKey({ rules }) ? lasts(rules['bidderKeyHours'], BIDDER_KEY_HOURS) : null,
  };
}
