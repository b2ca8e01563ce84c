import { addMs, type Instant } from '#kernel';
import { publishTender, updateDraft } from '#contracts';
import { Bidder } from '../../../apps/cli/src/client/bidder.js';
import { readTime } from '../../../apps/cli/src/client/read-time.js';
import { whenPossible } from '../../../apps/cli/src/client/when-possible.js';
import { makeDraft, seatTrustees } from '../../../apps/cli/src/demo/acts/preparation.js';
import type { Cast } from '../../../apps/cli/src/demo/cast.js';
import { Transcript } from '../../../apps/cli/src/demo/transcript.js';
import type { SigningIdentity } from '../../../apps/cli/src/client/identity.js';
import { BidLine } from './bid-line.js';

export interface DueTogether {
  readonly deadlineAt: Instant;
  readonly tenderIds: readonly string[];
  /** One line for each bidder in each tender. */
  readonly lines: readonly BidLine[];
}

/** Beyond the notice that the template asks for. */
const NOTICE_DAYS = 21;
const SILENT = new Transcript(1, () => undefined, false);

/** Tenders with one deadline, so and so many days later than the notice asks for, in which every bidder takes part. */
export async function tendersDueTogether(
  cast: Cast,
  identities: readonly SigningIdentity[],
  count: number,
  laterDays: number,
): Promise<DueTogether> {
  const { api } = cast.buyer;
  const { now } = await readTime(api);
  const deadlineAt = addMs(now, (NOTICE_DAYS + laterDays) * 86_400_000);
  const tenderIds: string[] = [];
  const lines: BidLine[] = [];
  for (let n = 0; n < count; n++) {
    const { tenderId, draft } = await makeDraft(cast, SILENT);
    await seatTrustees(cast, tenderId, SILENT);
    await api.call(updateDraft, { tenderId, ...draft, deadlineAt });
    await api.call(publishTender, { tenderId });
    tenderIds.push(tenderId);
    const joined = identities.map(async (identity, at) => {
      const bidder = new Bidder(cast.bidders[at]!.api, identity, tenderId);
      await whenPossible('the vault to know the tender', 'tender.unknown', () => bidder.join());
      return BidLine.begin(bidder, tenderId, now);
    });
    lines.push(...(await Promise.all(joined)));
  }
  return { deadlineAt, tenderIds, lines };
}
