import { contentKey, DomainError } from '#kernel';
import type {
  getOpeningProofs,
  getOpeningRecord,
  readOpenedEnvelope,
  RequestOf,
  ResponseOf,
} from '#contracts';
import { envelopesLeftSealed, envelopesToOpen } from '../../domain/opening/envelopes-to-open.js';
import { inParts, MESSAGE_PART, type PartLimits } from '../../domain/opening/in-parts.js';
import { isOpened, type Opening, presentTrustees, trusteeAt } from '../../domain/opening/opening.js';
import { NOT_RELEASED, unreleasedManifests } from '../../domain/opening/verdict.js';
import type { SealedTender } from '../../domain/sealed-tender.js';
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
  const bids = tender.scoresLocked ? await vault.finalBids(tenderId) : [];
  const pages = new Pages(page);
  const shown: OpeningOfRecord[] = [];
  const unreleased = new Set<string>();
  for (const opening of await openings.list(tenderId)) {
    const items = isOpened(opening) ? await openings.items(opening) : [];
    for (const sha256 of unreleasedManifests(items)) unreleased.add(sha256);
    shown.push({
      ...summary(opening, tender),
      objections: pages.take(await openings.objections(opening), OBJECTIONS),
      items: pages.take(items.map(({ parts: _parts, ...item }) => item)),
    });
  }
  const bidders = bids.map(({ alias, organisationId, organisationName: name, certificateSha256 }) => ({
    alias,
    organisationId,
    name,
    certificateSha256,
  }));
  const isOver = tender.scoresLocked && tender.stage === 'ended';
  const lists = {
    bidders: pages.take(bidders),
    leftSealed: pages.take(isOver ? envelopesLeftSealed(bids, unreleased) : []),
    reveals: pages.take(await vault.revealed(tenderId)),
  };
  return { page, pages: pages.count, close: tender.close, openings: shown, ...lists };
}

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

/** Public once scores are locked: a manifest carries the bidder's certificate, and experts score without it. */
export async function openingProofs(
  { vault, openings }: VaultPorts,
  { tenderId, envelopeId, page }: RequestOf<typeof getOpeningProofs>,
): Promise<ResponseOf<typeof getOpeningProofs>> {
  const { scoresLocked } = await vault.tender(tenderId);
  const opening = await openings.find({ tenderId, envelopeId });
  if (!scoresLocked || !opening || !isOpened(opening)) {
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
  const pages = inParts(
    envelopes.map(({ alias, manifest }) => ({ alias, manifest: manifest.jws, sha256: manifest.sha256 })),
    // Beside each manifest there may be a release, which is much shorter.
    { itemsMax, bytesMax: MESSAGE_PART.bytesMax / 2 },
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
  const signed = await openings.releases(
    opening,
    shown.map(({ alias }) => alias),
  );
  const releases = shown.flatMap(({ alias }) => {
    const release = signed.get(alias);
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
