import { ApiClient } from '../../apps/cli/src/client/api-client.js';
import { readTime } from '../../apps/cli/src/client/read-time.js';
import { type Cast, gatherCast } from '../../apps/cli/src/demo/cast.js';
import {
  certifyBidders,
  makeDraft,
  publish,
  type Seat,
  seatTrustees,
} from '../../apps/cli/src/demo/acts/preparation.js';
import { clarify } from '../../apps/cli/src/demo/acts/bidding.js';
import { Transcript } from '../../apps/cli/src/demo/transcript.js';
import type { TestPlatform } from './platform.js';

export interface OpenTender {
  readonly tenderId: string;
  /** Bidders who take part. */
  readonly seats: readonly Seat[];
  readonly cast: Cast;
}

/** A published tender that takes bids for as long as the platform's clock gives it, with six who take part. */
export async function openTender(platform: TestPlatform, patienceMs: number): Promise<OpenTender> {
  const { address, administrator } = platform.current();
  const { now } = await readTime(new ApiClient({ address, patienceMs }));
  const cast = await gatherCast({ address, administrator, now, patienceMs }, '-open');
  const transcript = new Transcript(1, () => undefined, false);
  const { tenderId, draft } = await makeDraft(cast, transcript);
  await seatTrustees(cast, tenderId, transcript);
  const seats = await certifyBidders(cast, tenderId, transcript);
  await publish(cast, tenderId, draft, 60_000, transcript);
  await clarify(cast, tenderId, transcript);
  for (const { bidder } of seats) await bidder.join();
  return { tenderId, seats, cast };
}
