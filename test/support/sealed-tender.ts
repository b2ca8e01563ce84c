import { createHash } from 'node:crypto';
import { addDays, jcsBytes, toHex, utf8 } from '#kernel';
import { createTender, type EnvelopeId, listTemplates, publishTender, submitShares } from '#contracts';
import {
  createTrusteeKey,
  type Manifest,
  manifestDigest,
  openShare,
  type TenderDescriptor,
  type TrusteeKey,
} from '#sealing';
import type { ApiClient } from '../../apps/cli/src/client/api-client.js';
import { Bidder } from '../../apps/cli/src/client/bidder.js';
import { createIdentity } from '../../apps/cli/src/client/identity.js';
import { random } from '../../apps/cli/src/client/random.js';
import { readOpeningWork } from '#verify';
import { readTime } from '../../apps/cli/src/client/read-time.js';
import { Trustee } from '../../apps/cli/src/client/trustee.js';
import { whenPossible } from '../../apps/cli/src/client/when-possible.js';
import type { Cast } from '../../apps/cli/src/demo/cast.js';
import { BUYER_LINES } from '../../apps/cli/src/demo/boq.js';
import { XLSX } from '../../apps/cli/src/demo/documents.js';
import { TENDER } from '../../apps/cli/src/demo/story.js';
import { writeBuyerBoq } from '../../apps/cli/src/workbooks/write-boq.js';

/** Days from now to the deadline: what the law asks for, and a day more. */
export const NOTICE_DAYS = 21;

/** A trustee with the key in hand: to give shares as the client does, or without a look at anything. */
export interface SeatedTrustee {
  readonly client: Trustee;
  readonly key: TrusteeKey;
  readonly api: ApiClient;
}

export interface TenderWithBids {
  readonly tenderId: string;
  readonly descriptor: TenderDescriptor;
  readonly trustees: readonly SeatedTrustee[];
  readonly bidders: readonly Bidder[];
}

/** A published tender with a committee of its own and so many sealed bids of a few words each. */
export async function tenderWithBids(cast: Cast, bids: number): Promise<TenderWithBids> {
  const { api } = cast.buyer;
  const boq = await api.upload(
    '/api/v1/documents',
    await writeBuyerBoq(BUYER_LINES, { title: TENDER.title.zh }),
  );
  const [template] = (await api.call(listTemplates, {})).items;
  const { now } = await readTime(api);
  const { tenderId } = await api.call(createTender, {
    ...TENDER,
    templateId: template!.templateId,
    currency: 'CNY',
    boq: { name: 'bill.xlsx', mediaType: XLSX, ...boq },
    documents: [],
    method: template!.method,
    deadlineAt: addDays(now, NOTICE_DAYS),
    trusteeIds: cast.trustees.map(({ personId }) => personId),
    expertIds: cast.experts.map(({ personId }) => personId),
  });
  const trustees = [];
  for (const { api: own, account } of cast.trustees) {
    const key = createTrusteeKey(random);
    const client = new Trustee(own, await createIdentity(own, account.login), tenderId, key);
    await client.submitStatement(now);
    trustees.push({ client, key, api: own });
  }
  await api.call(publishTender, { tenderId });
  const bidders = [];
  for (const player of cast.bidders.slice(0, bids)) {
    const identity = await createIdentity(player.api, player.company.name);
    const bidder = new Bidder(player.api, identity, tenderId);
    await whenPossible('the vault to know the tender', 'tender.unknown', () => bidder.join());
    await bidder.submit(await bidder.seal(await bidder.descriptor(), wordsOf(player.company.name), now));
    bidders.push(bidder);
  }
  return { tenderId, descriptor: await bidders[0]!.descriptor(), trustees, bidders };
}

const wordsOf = (name: string) => {
  const part = (words: string) => [{ name: 'offer.txt', mediaType: 'text/plain', bytes: utf8(words) }];
  return { technical: part(`technical offer of ${name}`), commercial: part(`price of ${name}`) };
};

/** What a trustee does who believes the platform: a share for everything that it asks for, bound to what it shows. */
export async function giveBlindly(
  { api, key }: SeatedTrustee,
  { tenderId, descriptor }: TenderWithBids,
  envelopeId: EnvelopeId,
): Promise<void> {
  const { trusteeIndex, close, manifests } = await readOpeningWork(api, tenderId, envelopeId);
  const closeEntrySha256 = createHash('sha256').update(jcsBytes(close)).digest('hex');
  const shares = manifests.map((jws) => {
    const manifest = JSON.parse(Buffer.from(jws.split('.')[1]!, 'base64url').toString()) as Manifest;
    const share = openShare({ descriptor, manifest, closeEntrySha256, trusteeIndex, key, random });
    return { manifestSha256: toHex(manifestDigest(manifest)), share };
  });
  await api.call(submitShares, { tenderId, envelopeId, shares: shares as never });
}
