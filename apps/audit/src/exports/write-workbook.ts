import { PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import ExcelJS from 'exceljs';
import type { ExportTable } from './export-table.js';
import { textCell } from './text-cell.js';

/** Rows between two looks at whether the reader has fallen behind. */
const ROWS_A_TURN = 100;
/** Packed bytes that may wait for the reader. */
const WAITING_BYTES_MAX = 1024 * 1024;

/**
 * An .xlsx workbook as a stream of bytes, written while it is read; rows are made one by one and never held together.
 * No cell is a formula, whatever the rows hold. Fails with the error of whatever makes a row.
 */
export function writeWorkbook({ title, about, columns, rows }: ExportTable): AsyncIterable<Uint8Array> {
  const stream = new PassThrough({ highWaterMark: WAITING_BYTES_MAX });
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({
    stream,
    useStyles: true,
    useSharedStrings: false,
  });
  const write = async (): Promise<void> => {
    const sheet = workbook.addWorksheet(textCell(title).slice(0, 31), {
      views: [{ state: 'frozen', ySplit: about.length + 1 }],
    });
    sheet.columns = columns.map(({ width }) => ({ width }));
    for (const line of about) sheet.addRow([textCell(line)]).commit();
    const head = sheet.addRow(columns.map((column) => textCell(column.title)));
    head.font = { bold: true };
    head.commit();
    let count = 0;
    for await (const row of rows) {
      sheet.addRow(row.map((cell) => (typeof cell === 'string' ? textCell(cell) : cell))).commit();
      if (++count % ROWS_A_TURN === 0) await readOn(stream);
    }
    sheet.commit();
    await workbook.commit();
  };
  write().catch((error: unknown) =>
    stream.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  return stream;
}

/** Lets what was written leave, and waits for a reader that is behind. */
async function readOn(stream: PassThrough): Promise<void> {
  do await turn();
  while (!stream.destroyed && stream.readableLength + stream.writableLength > WAITING_BYTES_MAX);
}
