import { type BoqColumn, type ColumnPlaces, REQUIRED_COLUMNS } from './boq-column.js';
import { refuseWorkbook } from './refuse-workbook.js';
import { columnLetters } from './workbook/cell-ref.js';
import { WORKBOOK_LIMITS } from './workbook-limits.js';

/** Words over the columns as they stand in the standard forms and in what software of the trade writes. */
const NAMES: Readonly<Record<BoqColumn, readonly string[]>> = {
  no: ['序号', '编号', 'no', 'no.', '#', 's/n', 'serialno'],
  code: [
    '项目编码',
    '清单编码',
    '子目编码',
    '子目号',
    '项目编号',
    '编码',
    '清单编号',
    '细目号',
    'code',
    'itemcode',
    'itemno',
    'itemno.',
    'itemnumber',
    'ref',
    'ref.',
    'payitem',
  ],
  name: [
    '项目名称',
    '名称',
    '子目名称',
    '清单名称',
    '细目名称',
    '项目',
    'item',
    'itemname',
    'description',
    'itemdescription',
    'descriptionofwork',
    'works',
  ],
  unit: ['计量单位', '单位', 'unit', 'units', 'uom', 'unitofmeasure', 'unitofmeasurement'],
  quantity: [
    '工程量',
    '数量',
    '工程数量',
    '清单工程量',
    'quantity',
    'quantities',
    'qty',
    'qty.',
    'estimatedquantity',
  ],
  unitPrice: [
    '综合单价',
    '单价',
    '全费用综合单价',
    '投标单价',
    'unitprice',
    'unitrate',
    'rate',
    'price',
    'priceperunit',
  ],
  amount: [
    '合价',
    '金额',
    '综合合价',
    '合计',
    '总价',
    '投标合价',
    'amount',
    'total',
    'totalprice',
    'linetotal',
    'extendedprice',
  ],
};

const COLUMNS = new Map(
  Object.entries(NAMES).flatMap(([column, names]) =>
    names.map((name) => [name, column as BoqColumn] as const),
  ),
);

export interface BoqHeader {
  /** The last row of the header, from 1; lines follow. */
  readonly row: number;
  readonly columns: ColumnPlaces;
}

/** `综合单价（元）` and `Unit price (CNY)` name the columns that they name without the unit. */
export function columnNamed(text: string): BoqColumn | undefined {
  const name = text
    .toLowerCase()
    .replace(/[(（[【][^)）\]】]*[)）\]】]/g, '')
    .replace(/[\s:：]+/g, '');
  return COLUMNS.get(name);
}

/** Text of a row by column; what is no text is left out. */
export type HeaderCells = ReadonlyMap<number, string>;

function named(cells: HeaderCells): Map<BoqColumn, number[]> {
  const found = new Map<BoqColumn, number[]>();
  for (const [index, text] of cells) {
    const column = columnNamed(text);
    if (column !== undefined) found.set(column, [...(found.get(column) ?? []), index]);
  }
  return found;
}

/**
 * The header of a sheet: the first of its first 20 rows that names code, item, unit and quantity, in Chinese or English
 * words or both. Where the row below names further columns and no item, it is part of the header, and its words are
 * the closer ones: 金额 over 综合单价 and 合价 (GB 50500, form of the priced bill).
 */
export class HeaderFinder {
  private first: { readonly row: number; readonly found: Map<BoqColumn, number[]> } | undefined;

  /** Takes the rows in turn; the header as soon as it is certain, null where there will be none. */
  take(row: number, cells: HeaderCells): BoqHeader | null | undefined {
    const found = named(cells);
    if (this.first) return this.withRowBelow(this.first, row, found);
    if (REQUIRED_COLUMNS.every((column) => found.has(column))) this.first = { row, found };
    else if (row >= WORKBOOK_LIMITS.headerRowsMax) return null;
    return undefined;
  }

  /** The sheet is over. */
  end(): BoqHeader | null {
    return this.first ? header(this.first.row, this.first.found) : null;
  }

  private withRowBelow(
    first: { readonly row: number; readonly found: Map<BoqColumn, number[]> },
    row: number,
    below: Map<BoqColumn, number[]>,
  ): BoqHeader {
    const isHeader =
      row === first.row + 1 && (below.has('unitPrice') || below.has('amount')) && !below.has('name');
    return isHeader ? header(row, new Map([...first.found, ...below])) : header(first.row, first.found);
  }
}

function header(row: number, found: ReadonlyMap<BoqColumn, readonly number[]>): BoqHeader {
  const twice = [...found].filter(([, places]) => places.length > 1);
  if (twice.length > 0) {
    const cells = twice.flatMap(([, places]) => places.map((place) => `${columnLetters(place)}${row}`));
    refuseWorkbook('workbook.header-invalid', `Row ${row} names a column twice: ${cells.join(', ')}.`, {
      row,
      cells,
    });
  }
  return { row, columns: Object.fromEntries([...found].map(([column, [place]]) => [column, place])) };
}
