import { PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import ExcelJS from 'exceljs';

export type ReportCell = string | number | null;

export interface ReportSheet {
  readonly title: string;
  readonly widths: readonly number[];
  readonly header: readonly string[];
  /** Columns, from 1, that show from green to red how far they are from zero. */
  readonly scaled?: readonly number[];
  readonly rows: Iterable<readonly ReportCell[]>;
}

/** Rows between two turns in which what was written can leave the process. */
const ROWS_A_TURN = 200;

async function writeSheet(
  workbook: ExcelJS.stream.xlsx.WorkbookWriter,
  { title, widths, header, scaled = [], rows }: ReportSheet,
): Promise<void> {
  const sheet = workbook.addWorksheet(title, { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = widths.map((width) => ({ width }));
  const first = sheet.addRow([...header]);
  first.font = { bold: true };
  first.commit();
  let count = 1;
  for (const row of rows) {
    sheet.addRow([...row]).commit();
    if (++count % ROWS_A_TURN === 0) await turn();
  }
  for (const column of scaled) {
    const letter = sheet.getColumn(column).letter;
    sheet.addConditionalFormatting({
      ref: `${letter}2:${letter}${Math.max(count, 2)}`,
      rules: [
        {
          type: 'colorScale',
          priority: 1,
          cfvo: [
            { type: 'num', value: -50 },
            { type: 'num', value: 0 },
            { type: 'num', value: 50 },
          ],
          color: [{ argb: 'FFF8696B' }, { argb: 'FFFFFFFF' }, { argb: 'FFF8696B' }],
        },
      ],
    });
  }
  sheet.commit();
}

/**
 * An .xlsx workbook as a stream of bytes, written while it is read; rows are made one by one and never held together.
 * Cells of text must have come through `textCell`. Fails with the error of whatever makes a row.
 */
export function workbookStream(sheets: readonly ReportSheet[]): AsyncIterable<Uint8Array> {
  const stream = new PassThrough({ highWaterMark: 1024 * 1024 });
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({
    stream,
    useStyles: true,
    useSharedStrings: false,
  });
  const write = async (): Promise<void> => {
    for (const sheet of sheets) await writeSheet(workbook, sheet);
    await workbook.commit();
  };
  write().catch((error: unknown) =>
    stream.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  return stream;
}
