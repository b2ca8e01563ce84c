import { fromUtf8, jcs } from '#kernel';
import type {
  biddersNamed,
  clarificationPublished,
  DataOf,
  envelopesLeftSealed,
  envelopesOpened,
  getOpeningRecord,
  getTechnicalResult,
  ResponseOf,
  scoresLocked,
  sharesGiven,
} from '#contracts';
import type { OpenEntry } from '#ledger';
import { sha256Hex } from '../sha256-hex.js';
import type { BundleCheck } from './bundle-check.js';
import { hasEntry, requireEnded } from './bundle-ending.js';
import { BundleFault, inFile } from './bundle-fault.js';
import type { BundleFolder } from './bundle-folder.js';
import type { BundleTender } from './bundle-tender.js';
import { enteredParts } from './entered-parts.js';
import { onlyEntry, type VerifiedLedgerFolder } from './verify-ledger-folder.js';

/** What the notice says that publication fixed. */
const PUBLISHED = ['title', 'method', 'regionCode', 'ceilingPrice', 'deadlineAt', 'boq'] as const;

/** Notice, clarifications, award, opening record and scores are, word for word, what the ledger says. */
export async function verifyPublications(
  folder: BundleFolder,
  tender: BundleTender,
  { entries }: VerifiedLedgerFolder,
): Promise<BundleCheck> {
  verifyNotice(tender, entries);
  const record = await readJson<ResponseOf<typeof getOpeningRecord>>(folder, 'opening/record.json');
  verifyRecord(record, entries);
  if (hasEntry(entries, 'technical-scoring.scores-locked') || requireEnded(entries).ending === 'awarded') {
    verifyScores(await readJson(folder, 'evaluation/technical.json'), entries);
  }
  const line = 'notice, clarifications, opening record and scores are what the ledger says';
  return { step: 'publications', outcome: 'entered', facts: {}, line };
}

const readJson = <T>(folder: BundleFolder, file: string): Promise<T> =>
  inFile(file, async () => JSON.parse(fromUtf8(await folder.read(file))) as T);

function requireSame(file: string, what: string, found: unknown, entered: unknown): void {
  if (jcs(found) !== jcs(entered)) throw new BundleFault(file, `${what} differs from the ledger`);
}

const dataOf = <T>(entries: readonly OpenEntry[], type: string): T[] =>
  entries.filter((entry) => entry.type === type).map(({ data }) => data as unknown as T);

function verifyNotice(
  { notice, descriptor, clarifications }: BundleTender,
  entries: readonly OpenEntry[],
): void {
  const file = 'tender.json';
  const published = onlyEntry(entries, 'tendering.tender-published').data;
  requireSame(file, 'the descriptor', descriptor, published['descriptor']);
  for (const name of PUBLISHED) requireSame(file, `the notice’s ${name}`, notice[name], published[name]);
  const answered = dataOf<DataOf<typeof clarificationPublished>>(
    entries,
    'tendering.clarification-published',
  );
  const shown = clarifications.map(({ questionId, question, answer }) => ({ questionId, question, answer }));
  requireSame(file, 'a clarification', shown, answered);
  const { ending, entry } = requireEnded(entries);
  const isAwarded = ending === 'awarded';
  requireSame(file, 'the award', notice['award'], isAwarded ? entry.data : null);
  if (isAwarded) return;
  const said = { stage: ending, ...entry.data };
  requireSame(file, 'how it ended', { stage: notice['stage'], reason: notice['reason'] }, said);
}

function verifyRecord(record: ResponseOf<typeof getOpeningRecord>, entries: readonly OpenEntry[]): void {
  const file = 'opening/record.json';
  const isClosed = hasEntry(entries, 'vault.bids-closed') || requireEnded(entries).ending !== 'cancelled';
  const close = isClosed ? onlyEntry(entries, 'vault.bids-closed').data : null;
  requireSame(file, 'the close record', record.close, close);
  const named = enteredParts<DataOf<typeof biddersNamed>>(entries, 'vault.bidders-named');
  const bidders = record.bidders.map(({ name: _name, ...bidder }) => bidder);
  requireSame(
    file,
    'who an alias is',
    bidders,
    named.flatMap((part) => part.bidders),
  );
  const sealed = enteredParts<DataOf<typeof envelopesLeftSealed>>(entries, 'vault.envelopes-left-sealed');
  requireSame(
    file,
    'what stayed sealed',
    record.leftSealed,
    sealed.flatMap(({ envelopes }) => envelopes),
  );
  const given = dataOf<DataOf<typeof sharesGiven>>(entries, 'vault.shares-given');
  for (const { envelopeId, items, trusteesPresent } of record.openings) {
    const entered = enteredParts<DataOf<typeof envelopesOpened>>(
      entries,
      'vault.envelopes-opened',
      (one) => one.envelopeId === envelopeId,
    ).flatMap((part) => part.items);
    requireSame(
      file,
      `the ${envelopeId} opening`,
      items,
      entered.map(({ parts: _parts, ...item }) => item),
    );
    const present = given
      .filter((one) => one.envelopeId === envelopeId)
      .map(({ trusteeIndex }) => trusteeIndex);
    requireSame(
      file,
      'who was present',
      trusteesPresent,
      present.toSorted((a, b) => a - b),
    );
  }
}

function verifyScores(
  { results, sheets, signatures }: ResponseOf<typeof getTechnicalResult>,
  entries: readonly OpenEntry[],
): void {
  const file = 'evaluation/technical.json';
  const locked = enteredParts<DataOf<typeof scoresLocked>>(entries, 'technical-scoring.scores-locked');
  const lockedResults = locked.flatMap((part) => part.results);
  const lockedSheets = locked.flatMap((part) => part.sheets);
  requireSame(file, 'the technical scores', results, lockedResults);
  requireSame(file, 'the technical sheets', sheets, lockedSheets);
  const entered = dataOf<{ sheetSha256: string }>(entries, 'technical-scoring.sheet-signed');
  const hashes = signatures.map(({ sheet }) => sha256Hex(sheet));
  requireSame(
    file,
    'a signed sheet',
    hashes.toSorted(),
    entered.map(({ sheetSha256 }) => sheetSha256).toSorted(),
  );
}
