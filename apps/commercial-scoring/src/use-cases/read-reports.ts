import { contentKey, DomainError, isAmount, isDomainError, type Uuid } from '#kernel';
import type {
  biddersNamed,
  DataOf,
  EventEnvelope,
  getBoqComparison,
  getBoqReport,
  RequestOf,
  ResponseOf,
} from '#contracts';
import type { Call } from '#service';
import { type CorrectedTotals, correctedTotals } from '../boq/corrected-totals.js';
import { checkBoq } from '../boq/check-boq.js';
import { readBoq } from '../boq/read-boq.js';
import type { CommercialEvaluation } from '../domain/commercial-evaluation.js';
import { checkSheets, type ReportedFinding } from '../reports/check-sheets.js';
import { type ComparedBill, comparisonSheets } from '../reports/comparison-sheets.js';
import type { ReportLanguage } from '../reports/report-words.js';
import type { ReportSheet } from '../reports/workbook-stream.js';
import { requireReader } from './require-part.js';
import type { EvaluationPorts } from './evaluation-ports.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** Bidders of one comparison, the first by rank; a sheet has no place for many more. */
const COMPARED_MAX = 100;
/** Unit prices of one comparison. */
const COMPARED_PRICES_MAX = 2_000_000;

/** The one who published is the buyer of the tender. */
export const rememberBuyer = (
  { bills }: EvaluationPorts,
  { tenderId, actorId }: EventEnvelope,
): Promise<void> => bills.setBuyer(tenderId!, actorId);

export const rememberOwners = (
  { bills }: EvaluationPorts,
  { bidders }: DataOf<typeof biddersNamed>,
  { tenderId }: EventEnvelope,
): Promise<void> => bills.setOwners(tenderId!, bidders);

function requireRanked(evaluation: CommercialEvaluation): NonNullable<CommercialEvaluation['document']> {
  const { document } = evaluation;
  if (document !== null) return document;
  throw new DomainError('evaluation.not-yet', 'The evaluation runs once the commercial envelopes are open.');
}

const keyOf = (tenderId: Uuid, hash: string, name: string): string =>
  `reports/${tenderId}/${hash.slice(0, 16)}/${name.toLowerCase()}.xlsx`;

/**
 * All bidders beside each other, kept in the store. Throws `tender.unknown`, `evaluation.not-yet`, `report.too-large`,
 * `report.not-yet`.
 */
export async function readComparison(
  ports: EvaluationPorts,
  { tenderId, language }: RequestOf<typeof getBoqComparison>,
  call: Call,
): Promise<ResponseOf<typeof getBoqComparison>> {
  await requireReader(ports.bills, tenderId, call, null);
  const evaluation = await ports.evaluations.get(tenderId);
  const { result } = requireRanked(evaluation);
  const key = keyOf(tenderId, result.hash, `comparison-${language}`);
  await ports.reports.keep(key, () => compare(ports, evaluation, language));
  return { key, fileName: `comparison-${language}.xlsx`, mediaType: XLSX };
}

async function compare(
  { bills, store }: EvaluationPorts,
  evaluation: CommercialEvaluation,
  language: ReportLanguage,
): Promise<ReportSheet[]> {
  const buyer = await readBoq(await store.read(contentKey('documents', evaluation.boqSha256)));
  const ranks = new Map(requireRanked(evaluation).result.bids.map(({ id, rank }) => [id, rank]));
  const rankOf = (alias: string): number => ranks.get(alias) ?? Infinity;
  const offers = (evaluation.offers ?? [])
    .toSorted((a, b) => rankOf(a.alias) - rankOf(b.alias) || (a.alias < b.alias ? -1 : 1))
    .slice(0, COMPARED_MAX);
  if (offers.length * buyer.lines.length > COMPARED_PRICES_MAX)
    throw new DomainError(
      'report.too-large',
      `A comparison may hold at most ${COMPARED_PRICES_MAX} unit prices.`,
    );
  const rows = await bills.list(
    evaluation.tenderId,
    offers.map(({ alias }) => alias),
  );
  const compared = offers.map(({ alias, price, boq }): ComparedBill => {
    const { prices = null } = rows.find((row) => row.alias === alias) ?? {};
    const flags = boq.findings.filter(({ severity }) => severity === 'flag').length;
    return {
      alias,
      rank: ranks.get(alias) ?? null,
      price,
      prices,
      errors: boq.findings.length - flags,
      flags,
    };
  });
  return comparisonSheets(buyer, compared, language);
}

/**
 * The check of one bidder's bill, kept in the store. Throws `tender.unknown`, `bid.unknown`, `evaluation.not-yet`,
 * `report.not-yet`.
 */
export async function readReport(
  ports: EvaluationPorts,
  { tenderId, alias, language }: RequestOf<typeof getBoqReport>,
  call: Call,
): Promise<ResponseOf<typeof getBoqReport>> {
  await requireReader(ports.bills, tenderId, call, await ports.bills.ownerOf(tenderId, alias));
  const evaluation = await ports.evaluations.get(tenderId);
  const { result } = requireRanked(evaluation);
  if (!evaluation.offers?.some((offer) => offer.alias === alias))
    throw new DomainError('bid.unknown', `No offer ${alias} was opened.`, { alias });
  const key = keyOf(tenderId, result.hash, `check-${alias}-${language}`);
  await ports.reports.keep(key, () => check(ports, evaluation, alias, language));
  return { key, fileName: `check-${alias}-${language}.xlsx`, mediaType: XLSX };
}

async function check(
  { bills, store }: EvaluationPorts,
  { tenderId, method, boqSha256, offers }: CommercialEvaluation,
  alias: string,
  language: ReportLanguage,
): Promise<ReportSheet[]> {
  const offer = offers!.find((one) => one.alias === alias)!;
  const partKey = (await bills.find(tenderId, alias))?.partKey ?? null;
  const buyer = await readBoq(await store.read(contentKey('documents', boqSha256)));
  let findings: readonly ReportedFinding[] = [];
  let corrected: CorrectedTotals | null = null;
  try {
    if (partKey === null)
      throw new DomainError('workbook.malformed', 'The envelope has no bill of quantities.');
    const bidder = await readBoq(await store.read(partKey));
    findings = checkBoq({ buyer, bidder, offeredPrice: isAmount(offer.price) ? offer.price : '0' }).findings;
    corrected = correctedTotals(bidder, method.correct ?? AS_CHECKED);
  } catch (error) {
    if (!isDomainError(error) || !error.code.startsWith('workbook.')) throw error;
    findings = [unreadable(error)];
  }
  return checkSheets(findings, corrected, language);
}

/** What the check itself computes with, where the method corrects nothing. */
const AS_CHECKED = { governs: 'unit-price', lineRounding: { digits: 2, mode: 'half-up' } } as const;

const unreadable = ({ code, message, details }: DomainError): ReportedFinding => ({
  code,
  severity: 'error',
  sheet: typeof details['sheet'] === 'string' ? details['sheet'] : null,
  row: null,
  cell: typeof details['cell'] === 'string' ? details['cell'] : null,
  item: null,
  message,
  expected: null,
  found: null,
});
