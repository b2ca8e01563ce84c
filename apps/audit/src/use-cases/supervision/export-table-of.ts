import { DomainError, type Instant, jcs } from '#kernel';
import { LIMITS } from '#contracts';
import type { ExportCell, ExportTable } from '../../exports/export-table.js';
import { EXPORT_WORDS } from '../../exports/export-words.js';
import type { AlarmRow } from './alarms.port.js';
import type { EntryFilter, SearchedRow } from './entry-search.port.js';
import type { ExportOrder } from './exports.port.js';
import type { SupervisionPorts } from './supervision-ports.js';

/** Rows that are read from the database at a time: an entry may have 64 KiB. */
const ROWS_AT_ONCE = 100;

const ENTRY_WIDTHS = [9, 25, 34, 38, 38, 11, 100, 12, 66];
const ALARM_WIDTHS = [38, 25, 22, 10, 14, 50, 11, 100, 80];

const entryCells = ({
  index,
  type,
  at,
  tenderId,
  personId,
  region,
  entry,
  reveal,
  revealedBy,
  leafSha256,
}: SearchedRow): ExportCell[] => {
  const content = 'sealed' in entry ? (reveal?.event ?? { sealed: entry.sealed }) : entry.data;
  return [index, at, type, tenderId, personId, region, jcs(content), revealedBy, leafSha256];
};

const alarmCells =
  (language: 'zh' | 'en') =>
  ({
    alarmId,
    raisedAt,
    rule,
    severity,
    state,
    tenderId,
    tenderTitle,
    region,
    evidence,
    handling,
  }: AlarmRow): ExportCell[] => {
    const tender = tenderTitle ? tenderTitle[language] : tenderId;
    const steps = handling.map(({ at, to, personId, reason }) => `${at} ${to} ${personId} ${reason}`);
    return [
      alarmId,
      raisedAt,
      rule,
      severity,
      state,
      tender,
      region,
      jcs(evidence as never),
      steps.join('\n'),
    ];
  };

export const rowsMaxOf = (format: 'xlsx' | 'pdf'): number =>
  format === 'pdf' ? LIMITS.exportPdfItemsMax : LIMITS.exportRowsMax;

/** Which entries an order is about. */
export const filterOf = ({ wanted, scope }: Pick<ExportOrder, 'wanted' | 'scope'>): EntryFilter =>
  wanted.kind === 'timeline' ? { tenderId: wanted.tenderId, scope } : { ...wanted, scope };

async function* entryRows({ search }: SupervisionPorts, order: ExportOrder): AsyncIterable<ExportCell[]> {
  for (let after = -1; ;) {
    const rows = await search.find(filterOf(order), after, ROWS_AT_ONCE);
    for (const row of rows) {
      if (row.index >= order.searchedTo) return;
      yield entryCells(row);
    }
    if (rows.length < ROWS_AT_ONCE) return;
    after = rows.at(-1)!.index;
  }
}

async function* alarmRows({ alarms }: SupervisionPorts, order: ExportOrder): AsyncIterable<ExportCell[]> {
  const { state, severity, tenderId, language } = order.wanted;
  const cells = alarmCells(language);
  for (let before: string | null = null; ;) {
    const rows: AlarmRow[] = await alarms.list(
      { scope: order.scope, state, severity, tenderId },
      before,
      ROWS_AT_ONCE,
    );
    for (const row of rows) yield cells(row);
    if (rows.length < ROWS_AT_ONCE) return;
    before = rows.at(-1)!.alarmId;
  }
}

/** Counts what passes; refuses with `export.too-large` the row after the last that a file may hold. */
async function* bounded(
  rows: AsyncIterable<ExportCell[]>,
  rowsMax: number,
  onRow: () => number,
): AsyncIterable<ExportCell[]> {
  for await (const row of rows) {
    if (onRow() > rowsMax)
      throw new DomainError('export.too-large', `A file holds at most ${rowsMax} rows.`, { rowsMax });
    yield row;
  }
}

/** The table of an order with its rows to come, and how many have come. */
export function exportTableOf(
  ports: SupervisionPorts,
  order: ExportOrder,
  madeAt: Instant,
): { readonly table: ExportTable; readonly rowCount: () => number } {
  const { kind, format, language, ...filter } = order.wanted;
  const words = EXPORT_WORDS[language];
  const isOfAlarms = kind === 'alarms';
  const titles = isOfAlarms ? words.alarmColumns : words.entryColumns;
  const widths = isOfAlarms ? ALARM_WIDTHS : ENTRY_WIDTHS;
  let count = 0;
  const rows = isOfAlarms ? alarmRows(ports, order) : entryRows(ports, order);
  const filtered = Object.keys(filter).length === 0 ? words.all : jcs(filter as never);
  return {
    rowCount: () => count,
    table: {
      title: words[kind],
      about: [`${words.madeAt} ${madeAt}`, `${words.of} ${filtered}`, `${words.ledger} ${order.searchedTo}`],
      columns: titles.map((title, i) => ({ title, width: widths[i]! })),
      rows: bounded(rows, rowsMaxOf(format), () => ++count),
    },
  };
}
