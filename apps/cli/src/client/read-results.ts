import { getEvaluation, getTechnicalResult, type ResponseOf } from '#contracts';
import { allPages, type Page } from './all-pages.js';
import type { ApiClient } from './api-client.js';

/** The locked scores whole, with every sheet and signature. */
export async function readTechnicalResult(
  api: ApiClient,
  tenderId: string,
): Promise<Omit<ResponseOf<typeof getTechnicalResult>, keyof Page>> {
  const pages = await allPages((page) => api.call(getTechnicalResult, { tenderId, page }));
  return {
    lockedAt: pages[0].lockedAt,
    results: pages.flatMap(({ results }) => results),
    sheets: pages.flatMap(({ sheets }) => sheets),
    signatures: pages.flatMap(({ signatures }) => signatures),
  };
}

/** The evaluation whole, with its trace. */
export async function readEvaluation(
  api: ApiClient,
  tenderId: string,
): Promise<Omit<ResponseOf<typeof getEvaluation>, keyof Page>> {
  const pages = await allPages((page) => api.call(getEvaluation, { tenderId, page }));
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
