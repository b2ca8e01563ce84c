import { describe, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import type { Boq } from '../boq/boq-line.js';
import { priceBytes, pricesOf } from '../boq/price-bytes.js';
import { checkSheets } from './check-sheets.js';
import { comparisonSheets } from './comparison-sheets.js';
import { type ReportSheet, workbookStream } from './workbook-stream.js';

const SHEET = { name: 's', columns: {} };
const buyer: Boq = {
  lines: [
    {
      sheet: SHEET,
      row: 2,
      code: '=1+1',
      name: '＝HYPERLINK("x")',
      unit: '@m',
      quantity: '2',
      unitPrice: '10',
      amount: null,
    },
  ],
  totals: [],
  sheets: [SHEET],
  otherSheets: [],
};

async function readBack(sheets: readonly ReportSheet[]): Promise<ExcelJS.Workbook> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of workbookStream(sheets)) chunks.push(chunk);
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(Buffer.concat(chunks) as never);
  return workbook;
}
const valuesOf = (workbook: ExcelJS.Workbook, sheet: number, row: number): unknown[] =>
  (workbook.worksheets[sheet]!.getRow(row).values as unknown[]).slice(1);

describe('reports of bills', () => {
  it('compare every unit price with the estimate and the mean', async () => {
    const bill = { rank: 1, price: '24', errors: 0, flags: 1 };
    const bills = [
      { ...bill, alias: 'AB12', prices: ['12'] },
      { ...bill, alias: 'CD34', prices: ['9'] },
      { ...bill, alias: 'EF56', prices: null, price: '=cmd' },
    ];
    const workbook = await readBack(comparisonSheets(buyer, bills, 'en'));
    expect(valuesOf(workbook, 1, 2).slice(3)).toEqual([2, 10, 10.5, 12, 20, 14.29, 9, -10, -14.29]);
    expect(valuesOf(workbook, 0, 4)).toEqual([1, 'EF56', "'=cmd", 'cannot be read', 0, 1]);
  });

  it('hold no formula, whatever a bidder wrote', async () => {
    const nasty = ['=1', '+1', '-x', '@x', '\tx', '\rx', '＝1', '＋1', '－1', '＠1', "'=1"];
    const findings = nasty.map((text) => ({
      code: 'line.extra',
      severity: 'error' as const,
      sheet: text,
      row: 1,
      cell: 'A1',
      item: text,
      message: text,
      expected: text,
      found: text,
    }));
    const workbook = await readBack([
      ...checkSheets(findings, null, 'zh'),
      ...comparisonSheets(buyer, [], 'zh'),
    ]);
    let cells = 0;
    for (const sheet of workbook.worksheets)
      sheet.eachRow((row) =>
        row.eachCell((cell) => {
          cells++;
          expect(cell.type).not.toBe(ExcelJS.ValueType.Formula);
          if (typeof cell.value === 'string') expect(cell.value).not.toMatch(/^[=+\-@\t\r＝＋－＠]/);
        }),
      );
    expect(cells).toBeGreaterThan(80);
  });
});

describe('stored prices', () => {
  it('come back by value, small, large, negative, blank or long', () => {
    for (const prices of [
      ['1.5', null, '0', '21474836.47'],
      ['21474836.48', null, '-1'],
      ['0.12345678901234567891', null],
      [],
    ])
      expect(pricesOf(priceBytes(prices)).map((price) => price && Number(price))).toEqual(
        prices.map((price) => price && Number(price)),
      );
  });
});
