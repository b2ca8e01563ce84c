import { toHex } from '#kernel';
import { type Manifest, manifestDigest } from '#sealing';
import type { Bidder } from '../../../apps/cli/src/client/bidder.js';
import { sign } from '../../../apps/cli/src/client/identity.js';
import { random } from '../../../apps/cli/src/client/random.js';
import { newBid, type SentBid } from './sent-bid.js';

const PART = { name: 'offer.txt', mediaType: 'text/plain', bytes: Buffer.from('an offer') };

/**
 * Versions of one bidder's bid, each naming the one before. The first is sealed for real; the others have its deals and
 * other bodies, which nobody will send: what a commitment asks of the platform is the same.
 */
export class BidLine {
  private constructor(
    private readonly bidder: Bidder,
    private readonly tenderId: string,
    private last: readonly Manifest[],
    private isFirst = true,
  ) {}

  static async begin(bidder: Bidder, tenderId: string, clientTime: string): Promise<BidLine> {
    const content = { technical: [PART], commercial: [PART] };
    const { envelopes } = await bidder.seal(await bidder.descriptor(), content, clientTime);
    return new BidLine(
      bidder,
      tenderId,
      envelopes.map(({ manifest }) => manifest),
    );
  }

  /** The next version; once it was asked for, the one after it follows it. */
  async next(): Promise<SentBid> {
    if (!this.isFirst) this.last = this.last.map(successor);
    this.isFirst = false;
    const { identity } = this.bidder;
    const signed = this.last.map((manifest) => sign(identity, manifest, 'sunseal-manifest'));
    return newBid(this.bidder, this.tenderId, await Promise.all(signed));
  }
}

function successor(manifest: Manifest): Manifest {
  return {
    ...manifest,
    seq: manifest.seq + 1,
    prev: toHex(manifestDigest(manifest)),
    age: { ...manifest.age, sha256: toHex(random(32)) },
  };
}
