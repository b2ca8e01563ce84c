import type { RawRows } from './read-rows.js';
import { refuseWorkbook } from './refuse-workbook.js';
import { WORKBOOK_LIMITS } from './workbook-limits.js';

export type BoqColumn = 'no' | 'code' | 'name' | 'unit' | 'quantity' | 'unitPrice' | 'amount';

const NAMES: Readonly<Record<BoqColumn, readonly string[]>> = {
  no: ['序号', 'no', 'no.'],
  code: ['项目编码', '编码', 'code', 'itemcode'],
  name: ['项目名称', '名称', 'item', 'itemname'],
  unit: ['计量单位', '单位', 'unit'],
  quantity: ['工程量', '数量', 'quantity', 'qty'],
  unitPrice: ['综合单价', '单价', 'unitprice', 'rate'],
  amount: ['合价', '金额', 'amount'],
};
const REQUIRED: readonly BoqColumn[] = ['code', 'name', 'unit', 'quantity'];

const COLUMNS = new Map(
  Object.entries(NAMES).flatMap(([column, names]) =>
    names.map((name) => [name, column as BoqColumn] as const),
  ),
);

export interface BoqHeader {
  /** Index of the header row. */
  readonly rowIndex: number;
  readonly columns: Readonly<Partial<Record<BoqColumn, number>>>;
}

/** `综合单价（元）` and `Unit price (CNY)` name the columns that they name without the unit. */
function columnNamed(value: number | string | null | undefined): BoqColumn | undefined {
  if (typeof value !== 'string') return undefined;
  const name = value
    .toLowerCase()
    .replace(/[(（][^)）]*[)）]/g, '')
    .replace(/\s+/g, '');
  return COLUMNS.get(name);
}

/**
 * The header row: the first of the first 20 rows that names code, item, unit and quantity, in Chinese or English.
 * Throws `workbook.header-invalid` where there is none or where it names one column twice.
 */
export function findHeader(rows: RawRows): BoqHeader {
  for (const [rowIndex, row] of rows.slice(0, WORKBOOK_LIMITS.headerRowsMax).entries()) {
    const columns: Partial<Record<BoqColumn, number>> = {};
    const twice: BoqColumn[] = [];
    for (const [index, cell] of row.entries()) {
      const column = columnNamed(cell?.value);
      if (column === undefined) continue;
      if (columns[column] === undefined) columns[column] = index;
      else twice.push(column);
    }
    if (REQUIRED.some((column) => columns[column] === undefined)) continue;
    if (twice.length > 0)
      refuseWorkbook('workbook.header-invalid', `Row ${rowIndex + 1} names a column twice.`, {
        row: rowIndex + 1,
        twice,
      });
    return { rowIndex, columns };
  }
  return refuseWorkbook(
    'workbook.header-invalid',
    'No row among the first 20 of the first sheet names the columns 项目编码/Code, 项目名称/Item, 单位/Unit, 工程量/Quantity.',
  );
}
