import { randomBytes, webcrypto } from 'node:crypto';
import { creditCodeCheckCharacter, instantFromMs, toHex } from '#kernel';
import { getDescriptor, joinTender, registerOrganisation, reviewOrganisation } from '#contracts';
import { type Manifest, sealEnvelope, type TenderDescriptor } from '#sealing';
import { ApiClient } from '../../apps/cli/src/client/api-client.js';
import { createIdentity, sign, type SigningIdentity } from '../../apps/cli/src/client/identity.js';
import { whenPossible } from '../../apps/cli/src/client/when-possible.js';
import { makeDraft, publish, seatTrustees } from '../../apps/cli/src/demo/acts/preparation.js';
import { type Cast, gatherCast } from '../../apps/cli/src/demo/cast.js';
import { Transcript } from '../../apps/cli/src/demo/transcript.js';
import type { PlatformProcess } from '../../apps/cli/src/demo/platform-process.js';

export interface CrowdBidder {
  readonly api: ApiClient;
  readonly identity: SigningIdentity;
}

/** One bid, ready to be sent: the signed manifests, and the bodies where they are to be sent too. */
export interface ReadyBid {
  readonly bidder: CrowdBidder;
  readonly tenderId: string;
  readonly manifests: readonly string[];
  readonly bodies: readonly Uint8Array[];
}

export interface CrowdTender {
  readonly tenderId: string;
  readonly deadlineAt: string;
  readonly descriptor: TenderDescriptor;
}

const SILENT = new Transcript(1, () => undefined, false);
const random = (length: number): Uint8Array => webcrypto.getRandomValues(new Uint8Array(length));
const PATIENCE_MS = 60_000;
const AT_ONCE = 16;

/** Runs `work` over items, so many at a time. */
export async function inGroups<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let at = next++; at < items.length; at = next++) results[at] = await work(items[at]!, at);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return results;
}

export const gatherStaff = ({ address, administrator }: PlatformProcess): Promise<Cast> =>
  gatherCast({ address, administrator, now: instantFromMs(Date.now()), patienceMs: PATIENCE_MS }, '-crowd');

/** Organisations that are registered, approved and certified through the public API. */
export function gatherBidders(
  { address }: PlatformProcess,
  { registrar }: Cast,
  count: number,
): Promise<CrowdBidder[]> {
  return inGroups(Array.from({ length: count }), AT_ONCE, async (_, n) => {
    const first17 = `91630100MB${String(n).padStart(7, '0')}`;
    const account = {
      login: `crowd-${n}`,
      password: randomBytes(12).toString('base64url'),
      name: `Crowd ${n}`,
    };
    const api = new ApiClient({ address, patienceMs: PATIENCE_MS });
    const { organisationId } = await api.call(registerOrganisation, {
      creditCode: first17 + creditCodeCheckCharacter(first17),
      name: account.name,
      legalRepresentative: '法定代表人',
      qualifications: ['市政公用工程施工总承包二级'],
      account,
    });
    await registrar.api.call(reviewOrganisation, { organisationId, decision: 'approve', reason: 'complete' });
    await api.signIn(account.login, account.password);
    return { api, identity: await createIdentity(api, account.name) };
  });
}

/** Published tenders whose deadline lies `noticeRealMs` ahead, on the platform's clock. */
export async function publishTenders(
  cast: Cast,
  count: number,
  noticeRealMs: number,
): Promise<CrowdTender[]> {
  const tenders: CrowdTender[] = [];
  for (let n = 0; n < count; n++) {
    const { tenderId, draft } = await makeDraft(cast, SILENT);
    await seatTrustees(cast, tenderId, SILENT);
    const deadlineAt = await publish(cast, tenderId, draft, noticeRealMs, SILENT);
    const { descriptor } = await whenPossible('the vault to know the tender', 'tender.unknown', () =>
      cast.buyer.api.call(getDescriptor, { tenderId }),
    );
    tenders.push({ tenderId, deadlineAt, descriptor: descriptor as unknown as TenderDescriptor });
  }
  return tenders;
}

/** Takes part and seals both envelopes for real. */
export async function sealBid(bidder: CrowdBidder, tender: CrowdTender, bytes: number): Promise<ReadyBid> {
  const { tenderId } = tender;
  await bidder.api.call(joinTender, { tenderId });
  const sealed = [];
  for (const envelopeId of tender.descriptor.envelopes) {
    sealed.push(
      await sealEnvelope({
        descriptor: tender.descriptor,
        bidderCertSha256: bidder.identity.certificateSha256,
        seq: 1,
        previousManifestSha256: null,
        envelopeId,
        parts: [{ name: 'offer.bin', mediaType: 'application/octet-stream', bytes: random(bytes) }],
        clientTime: instantFromMs(Date.now()),
        random,
      }),
    );
  }
  const manifests = await Promise.all(
    sealed.map(({ manifest }) => sign(bidder.identity, manifest, 'sunseal-manifest')),
  );
  return { bidder, tenderId, manifests, bodies: sealed.map(({ ciphertext }) => ciphertext) };
}

/**
 * Takes part and signs manifests in the form of real ones. Their deals are another bid's, which shows only when the
 * first body is sent; none will be. What a commitment costs the platform is the same.
 */
export async function commitOnly(
  bidder: CrowdBidder,
  { tenderId }: CrowdTender,
  models: readonly Manifest[],
): Promise<ReadyBid> {
  await bidder.api.call(joinTender, { tenderId });
  const manifests = await Promise.all(
    models.map((model) => {
      const age = { sha256: toHex(random(32)), size: model.age.size };
      const own = { ...model, bidderCertSha256: bidder.identity.certificateSha256, age };
      return sign(bidder.identity, own, 'sunseal-manifest');
    }),
  );
  return { bidder, tenderId, manifests, bodies: [] };
}
