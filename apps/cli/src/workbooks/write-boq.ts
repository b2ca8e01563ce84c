import ExcelJS from 'exceljs';
import { decimalCell, textCell } from './cell-value.js';

export interface BuyerLine {
  readonly code: string;
  readonly name: string;
  readonly unit: string;
  /** Decimal text. */
  readonly quantity: string;
}

export interface BidderLine extends BuyerLine {
  /** Decimal text. */
  readonly unitPrice: string;
  /** Decimal text; without it the cell has the formula quantity × price, rounded to two places. */
  readonly amount?: string;
}

export interface SheetOptions {
  readonly title: string;
  readonly language?: 'zh' | 'en';
}

const WORDS = {
  zh: {
    sheet: '工程量清单',
    headers: ['序号', '项目编码', '项目名称', '单位', '工程量', '综合单价（元）', '合价（元）'],
    total: '合计',
  },
  en: {
    sheet: 'Bill of quantities',
    headers: ['No', 'Code', 'Item', 'Unit', 'Quantity', 'Unit price (CNY)', 'Amount (CNY)'],
    total: 'Total',
  },
} as const;
const WIDTHS = [6, 16, 48, 8, 14, 16, 18];
const HEADER_ROW = 2;
const MONEY = '#,##0.00';

type Line = BuyerLine & Partial<BidderLine>;

function addLine(sheet: ExcelJS.Worksheet, line: Line, index: number): void {
  const row = sheet.getRow(HEADER_ROW + 1 + index);
  row.getCell(1).value = index + 1;
  row.getCell(2).value = textCell(line.code);
  row.getCell(3).value = textCell(line.name);
  row.getCell(4).value = textCell(line.unit);
  row.getCell(5).value = decimalCell(line.quantity);
  row.getCell(6).value = line.unitPrice === undefined ? null : decimalCell(line.unitPrice);
  row.getCell(7).value =
    line.amount === undefined
      ? { formula: `ROUND(E${row.number}*F${row.number},2)` }
      : decimalCell(line.amount);
  row.getCell(7).numFmt = MONEY;
}

async function writeSheet(
  lines: readonly Line[],
  { title, language = 'zh' }: SheetOptions,
): Promise<Uint8Array> {
  const words = WORDS[language];
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet(words.sheet, { views: [{ state: 'frozen', ySplit: HEADER_ROW }] });
  sheet.columns = WIDTHS.map((width) => ({ width }));
  sheet.getCell('A1').value = textCell(title);
  sheet.getRow(HEADER_ROW).values = [...words.headers];
  sheet.getRow(HEADER_ROW).font = { bold: true };
  lines.forEach((line, index) => addLine(sheet, line, index));
  const last = HEADER_ROW + lines.length;
  // No code in this row: it ends the lines for every reader.
  sheet.getCell(last + 1, 3).value = words.total;
  sheet.getCell(last + 1, 7).value = { formula: `SUM(G${HEADER_ROW + 1}:G${last})` };
  sheet.getCell(last + 1, 7).numFmt = MONEY;
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

/**
 * The buyer's bill as .xlsx: prices blank, amounts as formulas that fill in as a bidder enters prices. Prices that
 * the given lines may carry besides (estimates) are left out.
 */
export const writeBuyerBoq = (lines: readonly BuyerLine[], options: SheetOptions): Promise<Uint8Array> =>
  writeSheet(
    lines.map(({ code, name, unit, quantity }) => ({ code, name, unit, quantity })),
    options,
  );

/** A bidder's priced bill in the same layout. Text is never a formula; decimals keep their exact value. */
export const writeBidderBoq = (lines: readonly BidderLine[], options: SheetOptions): Promise<Uint8Array> =>
  writeSheet(lines, options);
