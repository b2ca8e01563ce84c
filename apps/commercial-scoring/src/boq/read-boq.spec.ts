import { describe, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import { writeBidderBoq, writeBuyerBoq } from '../../../cli/src/workbooks/write-boq.js';
import { checkBoq } from './check-boq.js';
import { readBoq } from './read-boq.js';

const SHEET = { title: '=市政道路工程' } as const;
const NASTY = ['=1+1', '+86', '-项', '@SUM', "'=x", "''-x", "it's", '<b>&"\'</b>', 'a\nb', '末 ', '𠮷'];

const lines = Array.from({ length: 220 }, (_, i) => ({
  code: `0101010010${String(i).padStart(2, '0')}`,
  name: `${NASTY[i % NASTY.length]!}${i}`.trim(),
  unit: i % 2 ? 'm³' : '项',
  quantity: `${i}.${String(i % 1000).padStart(3, '0')}`,
  unitPrice: i % 10 ? `${i * 3}.${String(i % 100).padStart(2, '0')}` : '0.1',
}));

type Row = (string | number | null | ExcelJS.CellFormulaValue)[];
const HEADER: Row = ['No', 'Code', 'Item', 'Unit', 'Quantity', 'Unit price', 'Amount'];

async function workbookOf(rows: readonly Row[]): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  workbook.addWorksheet('s').addRows(rows.map((row) => [...row]));
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

const refusal = (code: string) => expect.objectContaining({ name: 'DomainError', code });

describe('bill of quantities from a workbook', () => {
  it.each(['zh', 'en'] as const)('reads back 220 lines as they were written (%s)', async (language) => {
    const buyer = await readBoq(await writeBuyerBoq(lines, { ...SHEET, language }));
    const bidder = await readBoq(await writeBidderBoq(lines, { ...SHEET, language }));
    expect(buyer.lines.map(({ code, name, unit }) => ({ code, name, unit }))).toEqual(
      lines.map(({ code, name, unit }) => ({ code, name, unit })),
    );
    expect(buyer.lines.every(({ unitPrice, amount }) => unitPrice === null && amount === null)).toBe(true);
    const { findings, total } = checkBoq({ buyer, bidder, offeredPrice: '0' });
    expect(findings.map(({ code }) => code)).toEqual(['total.differs']);
    expect(checkBoq({ buyer, bidder, offeredPrice: total }).isConsistent).toBe(true);
  });

  it('keeps a decimal that no binary double can show', async () => {
    const line = { ...lines[0]!, quantity: '0.12345678901234567891', unitPrice: '12345678901234567.89' };
    const { lines: read } = await readBoq(await writeBidderBoq([line], SHEET));
    expect(read[0]).toMatchObject({ quantity: line.quantity, unitPrice: line.unitPrice });
  });

  it('never uses the cached result of an amount formula', async () => {
    const amount = { formula: 'E2*F2', result: 1 } as ExcelJS.CellFormulaValue;
    const bytes = await workbookOf([HEADER, [1, 'A', 'x', 'm', 2, 3, amount]]);
    expect((await readBoq(bytes)).lines).toMatchObject([
      { row: 2, code: 'A', name: 'x', unit: 'm', quantity: '2', unitPrice: '3', amount: null },
    ]);
  });

  it('refuses a formula that is not computed', async () => {
    const price = { formula: 'IF(1,2,3)', result: 2 } as ExcelJS.CellFormulaValue;
    const bytes = await workbookOf([HEADER, [1, 'A', 'x', 'm', 2, price, 4]]);
    await expect(readBoq(bytes)).rejects.toEqual(refusal('workbook.formula-forbidden'));
  });

  it('finds the header below a title, by names with units in brackets, in any order', async () => {
    const bytes = await workbookOf([
      ['清单'],
      [],
      ['单位', '工程量', '项目名称', '综合单价（元）', '项目编码'],
      ['m', 2.5, 'x', '1,000.10', 'A'],
    ]);
    expect((await readBoq(bytes)).lines).toMatchObject([
      { row: 4, code: 'A', name: 'x', unit: 'm', quantity: '2.5', unitPrice: '1000.10', amount: null },
    ]);
  });

  it.each<[string, string, Row[]]>([
    [
      'no header',
      'workbook.header-invalid',
      [
        ['Code', 'Item'],
        ['A', 'x'],
      ],
    ],
    [
      'a column named twice',
      'workbook.header-invalid',
      [
        [...HEADER, 'Rate'],
        [1, 'A', 'x', 'm', 1, 1, 1, 9],
      ],
    ],
    [
      'a priced row without a code',
      'workbook.layout-invalid',
      [HEADER, [1, 'A', 'x', 'm', 1, 1], [], [2, null, 'y', 'm', 1, 1]],
    ],
    ['a price in words', 'workbook.number-invalid', [HEADER, [1, 'A', 'x', 'm', 1, '叁元']]],
    ['a blank quantity', 'workbook.number-invalid', [HEADER, [1, 'A', 'x', 'm', null, 1]]],
  ])('refuses %s', async (_, code, rows) => {
    await expect(readBoq(await workbookOf(rows))).rejects.toEqual(refusal(code));
  });
});
