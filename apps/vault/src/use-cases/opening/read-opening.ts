import { contentKey, DomainError } from '#kernel';
import type {
  getOpeningProofs,
  getOpeningRecord,
  readOpenedEnvelope,
  RequestOf,
  ResponseOf,
} from '#contracts';
import type { FinalBid } from '../../domain/close-bids.js';
import {
  envelopesLeftSealed,
  envelopesNotOpened,
  envelopesToOpen,
  type LeftSealed,
} from '../../domain/opening/envelopes-to-open.js';
import { inParts, MESSAGE_PART, type PartLimits } from '../../domain/opening/in-parts.js';
import { isOpened, type Opening, presentTrustees, trusteeAt } from '../../domain/opening/opening.js';
import { isRevealed, type SealedTender } from '../../domain/sealed-tender.js';
import { pageOf } from './page-of.js';
import type { VaultPorts } from '../vault-ports.js';

type WholeRecord = ResponseOf<typeof getOpeningRecord>;
type OpeningOfRecord = WholeRecord['openings'][number];

/** Together, with a close record of a thousand bids, the lists of one page stay below a message. */
const LIST: PartLimits = { itemsMax: 100, bytesMax: 96 * 1024 };
const OBJECTIONS: PartLimits = { itemsMax: 20, bytesMax: 64 * 1024 };
/** In one answer, of all trustees together: less than 400 KB. */
const SHARES_MAX = 1_500;

/** Cuts the long lists of one answer and remembers how many pages the longest needs. */
class Pages {
  count = 1;

  constructor(private readonly page: number) {}

  take<T>(items: readonly T[], limits: PartLimits = LIST): T[] {
    const parts = inParts(items, limits);
    this.count = Math.max(this.count, parts.length);
    return pageOf(parts, this.page);
  }
}

/** Who came, who gave, who stayed away; what was opened with which result; what stayed sealed; what was said against it. */
export async function openingRecord(
  { vault, openings }: VaultPorts,
  { tenderId, page }: RequestOf<typeof getOpeningRecord>,
): Promise<WholeRecord> {
  const tender = await vault.tender(tenderId);
  const isShown = tender.scoresLocked || isRevealed(tender);
  const bids = isShown ? await vault.finalBids(tenderId) : [];
  const opened = new Set<string>();
  const pages = new Pages(page);
  const shown: OpeningOfRecord[] = [];
  for (const opening of await openings.list(tenderId)) {
    const items = isOpened(opening) ? await openings.items(opening) : [];
    for (const { manifestSha256 } of items) opened.add(manifestSha256);
    shown.push({
      ...summary(opening, tender),
      objections: pages.take(await openings.objections(opening), OBJECTIONS),
      items: pages.take(items.map(({ parts: _parts, ...item }) => item)),
    });
  }
  const named = tender.scoresLocked ? bids : [];
  const bidders = named.map(({ alias, organisationId, organisationName: name, certificateSha256 }) => ({
    alias,
    organisationId,
    name,
    certificateSha256,
  }));
  const leftSealed = leftSealedOf(tender, bids, opened);
  const lists = {
    bidders: pages.take(bidders),
    leftSealed: pages.take(leftSealed),
    reveals: pages.take(await vault.revealed(tenderId)),
  };
  return { page, pages: pages.count, close: tender.close, openings: shown, ...lists };
}

/** Told at the award, or when the acts of a tender without one are shown. */
function leftSealedOf(
  tender: SealedTender,
  bids: readonly FinalBid[],
  opened: ReadonlySet<string>,
): LeftSealed[] {
  if (isRevealed(tender)) return envelopesNotOpened(bids, opened);
  return tender.ending === null && tender.stage === 'ended' ? envelopesLeftSealed(bids) : [];
}

function summary(opening: Opening, tender: SealedTender): Omit<OpeningOfRecord, 'objections' | 'items'> {
  const { envelopeId, stage, openedBy, opensAt, endsAt, rescueUntil, openedAt, quorum, of, halted } = opening;
  return {
    envelopeId,
    stage,
    openedBy,
    opensAt,
    endsAt,
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
  const envelopes = envelopesToOpen(await vault.finalBids(tenderId), envelopeId);
  const present = presentTrustees(opening);
  const itemsMax = Math.max(
    1,
    Math.min(MESSAGE_PART.itemsMax, Math.floor(SHARES_MAX / (present.length || 1))),
  );
  const pages = inParts(
    envelopes.map(({ alias, manifest }) => ({ alias, manifest: manifest.jws, sha256: manifest.sha256 })),
    { ...MESSAGE_PART, itemsMax },
  );
  const shown = pageOf(pages, page);
  const given = await openings.shares(
    opening,
    present,
    shown.map(({ sha256 }) => sha256),
  );
  const shares = present.map((trusteeIndex) => ({
    trusteeIndex,
    shares: Object.fromEntries(
      given
        .filter((one) => one.trusteeIndex === trusteeIndex)
        .map(({ manifestSha256, share }) => [manifestSha256, share]),
    ) as never,
  }));
  const manifests = shown.map(({ alias, manifest }) => ({ alias, manifest }));
  return { page, pages: pages.length, manifests, shares };
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
  if (!item) throw new DomainError('bid.unknown', 'No envelope was opened under this alias.');
  return {
    key: contentKey('envelopes', item.age.sha256),
    fileName: `${alias}.${envelopeId}.age`,
    mediaType: 'application/octet-stream',
  };
}
