import { describe, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import { HOSTILE } from '../../../../test/bench/boq/hostile-workbooks.js';
import type { Boq } from './boq-line.js';
import { checkBoq } from './check-boq.js';
import { readBoq } from './read-boq.js';

type Row = (string | number | null | ExcelJS.CellFormulaValue)[];
const HEADER: Row = ['序号', '项目编码', '项目名称', '计量单位', '工程量', '综合单价', '合价'];
const line = (no: number, code: string, quantity: number, price: number): Row => [
  no,
  code,
  `项 ${code}`,
  'm',
  quantity,
  price,
  quantity * price,
];
const formula = (text: string, result = 1): ExcelJS.CellFormulaValue =>
  ({ formula: text, result }) as ExcelJS.CellFormulaValue;

async function workbookOf(
  sheets: Readonly<Record<string, readonly Row[]>>,
  change: (workbook: ExcelJS.Workbook) => void = () => {},
): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  for (const [name, rows] of Object.entries(sheets))
    workbook.addWorksheet(name).addRows(rows.map((row) => [...row]));
  change(workbook);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}
const codesOf = ({ lines }: Boq): string[] =>
  lines.map(({ sheet, row, code }) => `${sheet.name}!${row} ${code}`);
const refusal = (code: string, cell?: string) =>
  expect.objectContaining({ code, ...(cell ? { details: expect.objectContaining({ cell }) } : {}) });

describe('bills as the trade writes them', () => {
  it('are read over several sheets, headings, repeated headers and subtotals', async () => {
    const bill = await readBoq(
      await workbookOf({
        封面: [['某工程']],
        土建: [
          ['工程量清单'],
          HEADER,
          [null, null, '一、土方'],
          line(1, 'A', 2, 3),
          line(2, 'B', 1, 4),
          [null, null, '小计', null, null, null, 10],
          HEADER,
          [null, null, '二、结构'],
          line(3, 'C', 1, 5),
          ['本页小计', null, null, null, null, null, formula('SUM(G9:G9)')],
          [null, null, '合计', null, null, null, formula('G6+G10', 99)],
        ],
        安装: [HEADER, line(1, 'D', 1, 1), ['总计', null, null, null, null, null, 16]],
      }),
    );
    expect(codesOf(bill)).toEqual(['土建!4 A', '土建!5 B', '土建!9 C', '安装!2 D']);
    expect(bill.otherSheets).toEqual(['封面']);
    expect(bill.totals.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['subtotal', '10'],
      ['subtotal', '5'],
      ['total', '15'],
      ['grand-total', '16'],
    ]);
    expect(checkBoq({ buyer: bill, bidder: bill, offeredPrice: '16' }).isConsistent).toBe(true);
  });

  it('tell a sum that does not add up, with its cell and both figures', async () => {
    const rows = [
      HEADER,
      line(1, 'A', 2, 3),
      [null, null, '小计', null, null, null, 7],
      ['合计', null, null, null, null, null, 6],
    ];
    const bill = await readBoq(await workbookOf({ s: rows }));
    expect(checkBoq({ buyer: bill, bidder: bill, offeredPrice: '6' }).findings).toMatchObject([
      { code: 'subtotal.differs', sheet: 's', cell: 'G3', expected: '6.00', found: '7.00' },
    ]);
  });

  it('are read under the header of two rows of the standard form', async () => {
    const rows: Row[] = [
      ['序号', '项目编码', '项目名称', '计量单位', '工程量', '金额（元）', null],
      [null, null, null, null, null, '综合单价', '合价'],
      line(1, 'A', 2, 3),
    ];
    const bytes = await workbookOf({ s: rows }, (workbook) => workbook.worksheets[0]!.mergeCells('F1:G1'));
    expect((await readBoq(bytes)).lines).toMatchObject([{ row: 3, unitPrice: '3', amount: '6' }]);
  });

  it('are read where the columns are mapped by hand', async () => {
    const bytes = await workbookOf({
      s: [
        ['甲', '乙'],
        ['x', 'A', 'm', 4, 5],
      ],
      t: [HEADER, line(1, 'B', 1, 1)],
    });
    const columns = { name: 'A', code: 'B', unit: 'C', quantity: 'D', unitPrice: 'E' } as const;
    const bill = await readBoq(bytes, { mappings: [{ sheet: 's', headerRow: 1, columns }] });
    expect(codesOf(bill)).toEqual(['s!2 A']);
    expect(bill.otherSheets).toEqual(['t']);
    const wrong = [{ sheet: 's', headerRow: 1, columns: { ...columns, unit: 'B' } }];
    await expect(readBoq(bytes, { mappings: wrong })).rejects.toEqual(refusal('workbook.header-invalid'));
  });

  it('have a text that is merged downwards in each of its rows, and no number', async () => {
    const rows = [HEADER, line(1, 'A', 2, 3), [2, 'B', null, 'm', 1, null, null]] as Row[];
    const merged = (range: string) =>
      workbookOf({ s: rows }, (workbook) => workbook.worksheets[0]!.mergeCells(range));
    expect((await readBoq(await merged('C2:C3'))).lines.map(({ name }) => name)).toEqual(['项 A', '项 A']);
    await expect(readBoq(await merged('F2:F3'))).rejects.toEqual(refusal('workbook.merge-forbidden', 'F3'));
  });

  it('have their formulas computed anew: typed sums, shares, and shared formulas', async () => {
    const rows: Row[] = [
      HEADER,
      [1, 'A', 'x', 'm', formula('2+3*(4-1)'), formula('ROUND(10/3,2)'), formula('E2*F2-0.01')],
      [2, 'B', 'x', 'm', 2, 5, formula('ROUND(E3*F3,2)')],
    ];
    const bill = await readBoq(await workbookOf({ s: rows }));
    expect(bill.lines).toMatchObject([
      { quantity: '11', unitPrice: '3.33', amount: '36.62' },
      { quantity: '2', unitPrice: '5', amount: null },
    ]);
    for (const bad of ['F2', 'SUM(F2:F2)', 'Z1', '1/0', '10/3', 'A1^2', 'Sheet2!A1'])
      await expect(
        readBoq(await workbookOf({ s: [HEADER, [1, 'A', 'x', 'm', 1, formula(bad), 1]] })),
      ).rejects.toEqual(refusal('workbook.formula-forbidden', 'F2'));
  });
});

describe('hostile bills of quantities', () => {
  const expected: Readonly<Record<string, string>> = {
    'bomb of 1.5 GB': 'workbook.bomb',
    'external entity': 'workbook.forbidden-content',
    'external link': 'workbook.forbidden-content',
    'external workbook': 'workbook.forbidden-content',
    'DDE formula': 'workbook.forbidden-content',
    'merged ranges by the hundred thousand': 'workbook.too-complex',
    'one merged range of the whole sheet': 'workbook.merge-forbidden',
    'a million columns': 'workbook.bomb',
    'a column beyond XFD': 'workbook.malformed',
    'text in a number': 'workbook.number-invalid',
    'full-width digits': 'workbook.number-invalid',
    'thousands with points': 'workbook.number-invalid',
    'scientific notation as text': 'workbook.number-invalid',
    'scientific notation as number': 'workbook.number-invalid',
    'cells that stand twice': 'workbook.malformed',
  };

  it.each(Object.entries(expected))('refuses %s', async (name, code) => {
    await expect(readBoq(HOSTILE[name]!())).rejects.toEqual(refusal(code));
  });

  it('reads odd but clear numbers by value, and computes a lying formula', async () => {
    const amounts: Record<string, unknown> = {};
    for (const name of [
      'thousands with commas',
      'negative price',
      'formula with a lie for its result',
      '__proto__ as code, sheet and column',
    ]) {
      const [first] = (await readBoq(HOSTILE[name]!())).lines;
      amounts[name] = [first!.code, first!.unitPrice, first!.amount];
    }
    expect(amounts).toEqual({
      'thousands with commas': ['A', '1234567.89', null],
      'negative price': ['A', '-5', null],
      'formula with a lie for its result': ['A', '3', '5'],
      '__proto__ as code, sheet and column': ['__proto__', '2', null],
    });
  });
});
