import { submitShares } from '#contracts';
import { ApiClient } from '../../../apps/cli/src/client/api-client.js';
import { Bidder } from '../../../apps/cli/src/client/bidder.js';
import { createIdentity, type SigningIdentity } from '../../../apps/cli/src/client/identity.js';
import { Trustee } from '../../../apps/cli/src/client/trustee.js';
import { whenPossible } from '../../../apps/cli/src/client/when-possible.js';
import { makeDraft, publish, seatTrustees } from '../../../apps/cli/src/demo/acts/preparation.js';
import type { Cast } from '../../../apps/cli/src/demo/cast.js';
import { Transcript } from '../../../apps/cli/src/demo/transcript.js';
import type { Oracle } from './oracle.js';

export interface OpeningScene {
  readonly tenderId: string;
  readonly trustees: readonly Trustee[];
}

const SILENT = new Transcript(1, () => undefined, false);
const BIDS = 3;

export const certify = ({ bidders }: Cast): Promise<SigningIdentity[]> =>
  Promise.all(
    bidders
      .filter(({ company }) => company.fate !== 'is-refused')
      .slice(0, BIDS)
      .map(({ api, company }) => createIdentity(api, company.name)),
  );

/** A tender with as many bids as it needs, each with its bodies. */
export async function tenderToOpen(
  cast: Cast,
  identities: readonly SigningIdentity[],
  oracle: Oracle,
): Promise<OpeningScene> {
  const { tenderId, draft } = await makeDraft(cast, SILENT);
  const trustees = await seatTrustees(cast, tenderId, SILENT);
  await publish(cast, tenderId, draft, 0, SILENT);
  const bidders = cast.bidders.filter(({ company }) => company.fate !== 'is-refused');
  for (const [at, identity] of identities.entries()) {
    const bidder = new Bidder(bidders[at]!.api, identity, tenderId);
    await whenPossible('the vault to know the tender', 'tender.unknown', () => bidder.join());
    const part = {
      name: 'offer.txt',
      mediaType: 'text/plain',
      bytes: Buffer.from(`offer ${at} in ${tenderId}`),
    };
    const content = { technical: [part], commercial: [part] };
    const bid = await bidder.seal(await bidder.descriptor(), content, new Date().toISOString());
    oracle.sends(bid.manifests);
    oracle.acknowledges(bid.manifests, await bidder.submit(bid));
  }
  return { tenderId, trustees };
}

/** What a trustee's client would send as shares, which a test sends in its own way. */
export async function sharesOf(trustee: Trustee): Promise<unknown> {
  const keeper = new ShareKeeper(trustee.api);
  const own = Object.assign(Object.create(Trustee.prototype) as Trustee, trustee, { api: keeper });
  await own.open('technical');
  return keeper.shares;
}

/** A client that keeps shares instead of sending them. */
class ShareKeeper extends ApiClient {
  shares: unknown;

  constructor(private readonly other: ApiClient) {
    super({ address: other.address, patienceMs: other.patienceMs });
    this.call = ((contract: never, body: Record<string, unknown>) => {
      if (contract !== (submitShares as never)) return this.other.call(contract, body as never);
      this.shares = body['shares'];
      return Promise.resolve({});
    }) as unknown as ApiClient['call'];
    this.get = (path) => this.other.get(path);
  }
}
