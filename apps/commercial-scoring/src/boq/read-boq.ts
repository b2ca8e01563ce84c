import type { Boq, BoqSheet } from './boq-line.js';
import { mappedHeader, type SheetMapping } from './boq-mapping.js';
import { inspectWorkbook } from './inspect-workbook.js';
import { type LinesRead, readLines } from './read-lines.js';
import { refuseWorkbook } from './refuse-workbook.js';
import { listSheets } from './workbook/list-sheets.js';
import { readSharedTexts } from './workbook/read-shared-texts.js';
import { readSheet } from './workbook/read-sheet.js';
import { resolveMerges } from './workbook/resolve-merges.js';
import { scanPart } from './workbook/scan-part.js';

export interface ReadBoqOptions {
  /** Given by hand: only these sheets are read, with these columns. */
  readonly mappings?: readonly SheetMapping[];
}

const noHeader = (): never =>
  refuseWorkbook(
    'workbook.header-invalid',
    'No row among the first 20 of any sheet names the columns 项目编码/Code, 项目名称/Item, 单位/Unit, 工程量/Quantity.',
  );

/**
 * The bill of quantities in an .xlsx workbook of anyone: every sheet with a header (`find-header.ts`), or with a mapping
 * given by hand; lines, headings and sums below it to the end of the sheet. Sheets without a header are named and not
 * read. Numbers are exact decimal text. Results that the file stores for formulas are never used: a formula of numbers,
 * sums, products and ROUND over the bill's own cells is computed anew, any other is refused.
 *
 * One pass as a stream, in bounded memory; the caller's thread is given up between pieces of the file. Throws what
 * `inspectWorkbook` throws and `workbook.header-invalid`, `workbook.layout-invalid`, `workbook.lines-too-many`,
 * `workbook.number-invalid`, `workbook.formula-forbidden`, `workbook.merge-forbidden`, `workbook.too-complex`, with
 * sheet and cell.
 */
export async function readBoq(bytes: Uint8Array, { mappings }: ReadBoqOptions = {}): Promise<Boq> {
  const workbook = await inspectWorkbook(bytes);
  const parts = await listSheets(workbook);
  const missing = mappings?.find(({ sheet }) => !parts.some(({ name }) => name === sheet));
  if (missing)
    refuseWorkbook('workbook.header-invalid', `There is no sheet ${missing.sheet}.`, {
      sheet: missing.sheet,
    });
  const seen = new Set(parts.map(({ part }) => part).concat(workbookParts));
  for (const name of workbook.names) if (!seen.has(name)) await scanPart(workbook, name);
  const shared = await readSharedTexts(workbook);
  const budget = { cells: 0, rows: 0, looked: 0 };
  const read: LinesRead = { lines: [], totals: [] };
  const sheets: BoqSheet[] = [];
  const otherSheets: string[] = [];
  for (const part of parts) {
    const mapping = mappings?.find(({ sheet }) => sheet === part.name);
    const given = mapping && mappedHeader(mapping);
    const sheet = await readSheet(workbook, part, shared, budget, given);
    if (!sheet || (mappings && !mapping)) {
      otherSheets.push(part.name);
      continue;
    }
    resolveMerges(sheet);
    sheets.push(readLines(sheet, budget, read));
  }
  return sheets.length === 0 ? noHeader() : { ...read, sheets, otherSheets };
}

/** Read by those who need them. */
const workbookParts = ['xl/workbook.xml', 'xl/_rels/workbook.xml.rels', 'xl/sharedStrings.xml'];
