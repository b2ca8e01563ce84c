import type { getEvaluation, getTechnicalResult, ResponseOf } from '#contracts';
import { allPages, type Page } from './all-pages.js';
import type { PlatformReader } from '../platform-reader.js';

/** The locked scores whole, with every sheet and signature. */
export async function readTechnicalResult(
  reader: PlatformReader,
  tenderId: string,
): Promise<Omit<ResponseOf<typeof getTechnicalResult>, keyof Page>> {
  const pages = await allPages((page) => reader.query('getTechnicalResult', { tenderId, page }));
  return {
    lockedAt: pages[0].lockedAt,
    results: pages.flatMap(({ results }) => results),
    sheets: pages.flatMap(({ sheets }) => sheets),
    signatures: pages.flatMap(({ signatures }) => signatures),
  };
}

/** The evaluation whole, with its trace. */
export async function readEvaluation(
  reader: PlatformReader,
  tenderId: string,
): Promise<Omit<ResponseOf<typeof getEvaluation>, keyof Page>> {
  const pages = await allPages((page) => reader.query('getEvaluation', { tenderId, page }));
  const [{ evaluatedAt, version, hash, document }] = pages;
  const joined = (name: string) =>
    pages.flatMap(({ document: { result } }) => result[name] as Record<string, unknown>[]);
  return {
    evaluatedAt,
    version,
    hash,
    document: {
      ...document,
      bids: pages.flatMap((one) => one.document.bids),
      panel: pages.flatMap((one) => one.document.panel),
      result: {
        ...document.result,
        bids: joined('bids'),
        trace: joined('trace'),
        ...(document.result['advisory'] ? { advisory: joined('advisory') } : {}),
      },
    },
    boqChecks: pages.flatMap(({ boqChecks }) => boqChecks),
  };
}
