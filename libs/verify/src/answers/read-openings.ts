import type { EnvelopeId, getOpeningProofs, getOpeningRecord, getOpeningWork, ResponseOf } from '#contracts';
import { allPages, type Page } from './all-pages.js';
import type { PlatformReader } from '../platform-reader.js';

type RecordPage = ResponseOf<typeof getOpeningRecord>;

/** The whole opening record of a tender, its long lists joined. */
export async function readOpeningRecord(
  reader: PlatformReader,
  tenderId: string,
): Promise<Omit<RecordPage, keyof Page>> {
  return joinOpeningRecord(await allPages((page) => reader.query('getOpeningRecord', { tenderId, page })));
}

/** Pages of one opening record say the same but for their lists, which are joined in their order. */
export function joinOpeningRecord(
  pages: readonly [RecordPage, ...RecordPage[]],
): Omit<RecordPage, keyof Page> {
  const [{ close, openings }] = pages;
  return {
    close,
    openings: openings.map((opening) => {
      const same = pages.flatMap((page) =>
        page.openings.filter(({ envelopeId }) => envelopeId === opening.envelopeId),
      );
      return {
        ...opening,
        objections: same.flatMap(({ objections }) => objections),
        items: same.flatMap(({ items }) => items),
      };
    }),
    bidders: pages.flatMap(({ bidders }) => bidders),
    leftSealed: pages.flatMap(({ leftSealed }) => leftSealed),
    reveals: pages.flatMap(({ reveals }) => reveals),
  };
}

/** Every manifest and share of an opening. */
export async function readOpeningProofs(
  reader: PlatformReader,
  tenderId: string,
  envelopeId: EnvelopeId,
): Promise<Omit<ResponseOf<typeof getOpeningProofs>, keyof Page>> {
  const pages = await allPages((page) => reader.query('getOpeningProofs', { tenderId, envelopeId, page }));
  const shares = new Map<number, ResponseOf<typeof getOpeningProofs>['shares'][number]['shares']>();
  for (const one of pages.flatMap((page) => page.shares)) {
    shares.set(one.trusteeIndex, { ...shares.get(one.trusteeIndex), ...one.shares });
  }
  return {
    manifests: pages.flatMap(({ manifests }) => manifests),
    releases: pages.flatMap(({ releases }) => releases),
    shares: [...shares].map(([trusteeIndex, given]) => ({ trusteeIndex, shares: given })),
  };
}

/** All that a trustee is asked to open. */
export async function readOpeningWork(
  reader: PlatformReader,
  tenderId: string,
  envelopeId: EnvelopeId,
): Promise<Omit<ResponseOf<typeof getOpeningWork>, keyof Page>> {
  const pages = await allPages((page) => reader.query('getOpeningWork', { tenderId, envelopeId, page }));
  const [{ trusteeIndex, close }] = pages;
  return {
    trusteeIndex,
    close,
    listed: pages.flatMap(({ listed }) => listed),
    manifests: pages.flatMap(({ manifests }) => manifests),
  };
}
