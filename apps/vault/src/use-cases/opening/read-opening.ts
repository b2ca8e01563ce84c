import { contentKey, DomainError, MESSAGE_PART, pageOf, Pages, type PartLimits } from '#kernel';
import type {
  getOpeningProofs,
  getOpeningRecord,
  readOpenedEnvelope,
  RequestOf,
  ResponseOf,
} from '#contracts';
import type { FinalBid } from '../../domain/close-bids.js';
import {
  envelopesNotOpened,
  envelopesToOpen,
  type LeftSealed,
} from '../../domain/opening/envelopes-to-open.js';
import { isOpened, type Opening, presentTrustees, trusteeAt } from '../../domain/opening/opening.js';
import { NOT_RELEASED } from '../../domain/opening/verdict.js';
import { isRevealed, type SealedTender } from '../../domain/sealed-tender.js';
import { manifestPages, signedOf } from './signed-manifests.js';
import type { VaultPorts } from '../vault-ports.js';

type WholeRecord = ResponseOf<typeof getOpeningRecord>;
type OpeningOfRecord = WholeRecord['openings'][number];

/** Together the lists of one page stay below a message. */
const LIST: PartLimits = { itemsMax: 100, bytesMax: 96 * 1024 };
const OBJECTIONS: PartLimits = { itemsMax: 20, bytesMax: 64 * 1024 };
/** In one answer, of all trustees together: less than 400 KB. */
const SHARES_MAX = 1_500;

/** Who came, who gave, who stayed away; what was opened with which result; what stayed sealed; what was said against it. */
export async function openingRecord(
  { vault, openings }: VaultPorts,
  { tenderId, page }: RequestOf<typeof getOpeningRecord>,
): Promise<WholeRecord> {
  const tender = await vault.tender(tenderId);
  const isShown = tender.scoresLocked || isRevealed(tender);
  const bids = isShown ? await vault.finalBids(tenderId) : [];
  const opened: Opening[] = [];
  const pages = new Pages(page);
  const shown: OpeningOfRecord[] = [];
  for (const opening of await openings.list(tenderId)) {
    const items = isOpened(opening)
      ? await openings.itemsSlice(opening, pages.slice(resultsOf(opening), LIST.itemsMax))
      : [];
    if (isOpened(opening)) opened.push(opening);
    shown.push({
      ...summary(opening, tender),
      objections: pages.take(await openings.objections(opening), OBJECTIONS),
      items,
    });
  }
  const named = tender.scoresLocked ? bids : [];
  const bidders = named.map(({ alias, organisationId, organisationName: name, certificateSha256 }) => ({
    alias,
    organisationId,
    name,
    certificateSha256,
  }));
  const lists = {
    bidders: pages.take(bidders, LIST),
    leftSealed: pages.take(leftSealedOf(tender, bids, opened), LIST),
    reveals: await vault.revealed(tenderId, pages.slice(await vault.countRevealed(tenderId), LIST.itemsMax)),
  };
  return { page, pages: pages.count, close: tender.close, openings: shown, ...lists };
}

/** Told at the award, or when the acts of a tender without one are shown. */
function leftSealedOf(
  tender: SealedTender,
  bids: readonly FinalBid[],
  openings: readonly Opening[],
): LeftSealed[] {
  const isAwarded = tender.ending === null && tender.stage === 'ended';
  if (!isAwarded && !isRevealed(tender)) return [];
  const opened = openings.flatMap((opening) => envelopesToOpen(bids, opening.envelopeId, opening));
  return envelopesNotOpened(bids, new Set(opened.map(({ manifest }) => manifest.sha256)));
}

/** Of every envelope that was awaited, those included that stayed sealed for want of their bidders' keys. */
const resultsOf = ({ of, keys }: Opening): number => of + (keys?.missing ?? 0);

function summary(opening: Opening, tender: SealedTender): Omit<OpeningOfRecord, 'objections' | 'items'> {
  const { envelopeId, stage, openedBy, opensAt, endsAt, rescueUntil, openedAt, quorum, of, keys, halted } =
    opening;
  return {
    envelopeId,
    stage,
    openedBy,
    opensAt,
    endsAt,
    bidderKeys: keys && {
      until: keys.until,
      closedAt: keys.closedAt,
      released: keys.closedAt === null ? null : keys.released.length,
    },
    rescueUntil,
    openedAt,
    quorum,
    envelopes: of,
    trusteesPresent: presentTrustees(opening),
    trustees: tender.descriptor.trustees.map(({ i }) => ({
      ...trusteeAt(opening, i),
      refused: opening.refused
        .filter(({ trusteeIndex }) => trusteeIndex === i)
        .map(({ manifestSha256, code, at }) => ({ manifestSha256, code, at })),
    })),
    halted: halted && {
      ...halted,
      count: halted.manifestSha256s.length,
      manifestSha256s: halted.manifestSha256s.slice(0, LIST.itemsMax),
    },
  };
}

/** Public once scores are locked, or acts are shown after an end without an award: a manifest carries the bidder's certificate, and experts score without it. */
export async function openingProofs(
  { vault, openings }: VaultPorts,
  { tenderId, envelopeId, page }: RequestOf<typeof getOpeningProofs>,
): Promise<ResponseOf<typeof getOpeningProofs>> {
  const tender = await vault.tender(tenderId);
  const opening = await openings.find({ tenderId, envelopeId });
  if (!(tender.scoresLocked || isRevealed(tender)) || !opening || !isOpened(opening)) {
    throw new DomainError(
      'opening.not-yet',
      'Proofs show once the envelopes are open and scores are locked.',
    );
  }
  const envelopes = envelopesToOpen(await vault.finalBids(tenderId), envelopeId, opening);
  const present = presentTrustees(opening);
  const itemsMax = Math.max(
    1,
    Math.min(MESSAGE_PART.itemsMax, Math.floor(SHARES_MAX / (present.length || 1))),
  );
  // Beside each manifest there may be a release, which is much shorter.
  const pages = manifestPages(envelopes, { itemsMax, bytesMax: MESSAGE_PART.bytesMax / 2 });
  const shown = pageOf(pages, page);
  const signed = await signedOf(vault, tenderId, shown);
  const jwsOf = new Map(signed.map(({ sha256, jws }) => [sha256, jws]));
  const given = await openings.shares(
    opening,
    present,
    shown.map(({ manifest }) => manifest.sha256),
  );
  const shares = present.map((trusteeIndex) => ({
    trusteeIndex,
    shares: Object.fromEntries(
      given
        .filter((one) => one.trusteeIndex === trusteeIndex)
        .map(({ manifestSha256, share }) => [manifestSha256, share]),
    ) as never,
  }));
  const manifests = shown.map(({ alias, manifest }) => ({ alias, manifest: jwsOf.get(manifest.sha256)! }));
  const released = await openings.releases(
    opening,
    shown.map(({ alias }) => alias),
  );
  const releases = shown.flatMap(({ alias }) => {
    const release = released.get(alias);
    return release === undefined ? [] : [{ alias, release: release.jws }];
  });
  return { page, pages: pages.length, manifests, releases, shares };
}

export async function openedEnvelope(
  { vault, openings }: VaultPorts,
  { tenderId, envelopeId, alias }: RequestOf<typeof readOpenedEnvelope>,
): Promise<ResponseOf<typeof readOpenedEnvelope>> {
  await vault.tender(tenderId);
  const opening = await openings.find({ tenderId, envelopeId });
  if (!opening || !isOpened(opening)) {
    throw new DomainError('opening.not-yet', 'These envelopes are not opened.');
  }
  const item = await openings.item(opening, alias);
  if (!item || item.code === NOT_RELEASED)
    throw new DomainError('bid.unknown', 'No envelope was opened under this alias.');
  return {
    key: contentKey('envelopes', item.age.sha256),
    fileName: `${alias}.${envelopeId}.age`,
    mediaType: 'application/octet-stream',
  };
}
