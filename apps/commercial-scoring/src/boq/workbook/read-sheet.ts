import { BOQ_COLUMNS, SLOT } from '../boq-column.js';
import { type BoqHeader, HeaderFinder } from '../find-header.js';
import type { CheckedWorkbook } from '../inspect-workbook.js';
import { refuseWorkbook } from '../refuse-workbook.js';
import { WORKBOOK_LIMITS } from '../workbook-limits.js';
import type { SheetPart } from './list-sheets.js';
import { scanPart } from './scan-part.js';
import type { MergedRange, SheetCell, SheetRow } from './sheet-cell.js';
import { type CellBudget, SheetHandler, type SheetSink } from './sheet-handler.js';

/** A sheet with lines of a bill: where its columns stand, and what stands below the header. */
export interface BillSheet {
  readonly name: string;
  readonly header: BoqHeader;
  readonly rows: readonly SheetRow[];
  readonly merges: readonly MergedRange[];
}

/** What one workbook may hold in all of its sheets. */
export interface SheetBudget extends CellBudget {
  rows: number;
}

const STRICT = new Set(['sheetData', 'row', 'c', 'is', 'r']);
const blankRow = (): SheetCell[] => BOQ_COLUMNS.map(() => null);

/** Keeps the columns of the bill, once the header says where they are. */
class BillSink implements SheetSink {
  header: BoqHeader | null | undefined;
  readonly rows: SheetRow[] = [];
  readonly merges: MergedRange[] = [];
  private readonly finder = new HeaderFinder();
  private readonly slots = new Int8Array(WORKBOOK_LIMITS.columnsMax).fill(-1);
  private pending = new Map<number, SheetCell>();
  private cells: SheetCell[] | undefined;

  constructor(
    private readonly sheet: string,
    private readonly budget: SheetBudget,
    given: BoqHeader | undefined,
  ) {
    if (given) this.settle(given);
  }

  wants(column: number): boolean {
    return this.header === undefined || (this.header !== null && this.slots[column]! >= 0);
  }

  cell(column: number, cell: SheetCell): void {
    if (this.header === undefined) {
      this.pending.set(column, cell);
      return;
    }
    const slot = this.slots[column]!;
    // Of running numbers nothing is asked; the column may also hold the word for a sum.
    if (slot === SLOT.no && typeof cell === 'string' && /^\d/.test(cell)) return;
    this.cells ??= blankRow();
    this.cells[slot] = cell;
  }

  rowEnd(row: number): void {
    if (this.header === undefined) this.headerRow(row);
    else if (this.cells) this.keep(row, this.cells);
    this.cells = undefined;
  }

  merged(range: MergedRange): void {
    this.merges.push(range);
  }

  end(): BoqHeader | null {
    if (this.header === undefined) this.settle(this.finder.end());
    return this.header ?? null;
  }

  private headerRow(row: number): void {
    const { pending } = this;
    this.pending = new Map();
    const texts = [...pending].flatMap(([column, cell]) =>
      typeof cell === 'string' ? [[column, cell] as const] : [],
    );
    const header = this.finder.take(row, new Map(texts));
    if (header === undefined) return;
    this.settle(header);
    if (header === null || header.row >= row) return;
    const cells = blankRow();
    for (const [column, cell] of pending) if (this.slots[column]! >= 0) cells[this.slots[column]!] = cell;
    this.keep(row, cells);
  }

  private settle(header: BoqHeader | null): void {
    this.header = header;
    for (const column of BOQ_COLUMNS) {
      const place = header?.columns[column];
      if (place !== undefined && place < this.slots.length) this.slots[place] = SLOT[column];
    }
  }

  private keep(row: number, cells: SheetCell[]): void {
    if (row <= this.header!.row || cells.every((cell) => cell === null)) return;
    if (++this.budget.rows > WORKBOOK_LIMITS.rowsMax)
      refuseWorkbook(
        'workbook.lines-too-many',
        `Sheet ${this.sheet}, row ${row}: at most ${WORKBOOK_LIMITS.rowsMax} rows are read.`,
        { sheet: this.sheet, row },
      );
    this.rows.push({ row, cells });
  }
}

/**
 * One sheet, streamed; null where it has no header of a bill. `given` stands for its header where the mapping was made
 * by hand. Throws what the handler of sheets and {@link scanPart} throw, `workbook.lines-too-many`,
 * `workbook.header-invalid`.
 */
export async function readSheet(
  workbook: CheckedWorkbook,
  { name, part }: SheetPart,
  shared: readonly string[],
  budget: SheetBudget,
  given?: BoqHeader,
): Promise<BillSheet | null> {
  const sink = new BillSink(name, budget, given);
  await scanPart(workbook, part, new SheetHandler(name, shared, budget, sink), STRICT);
  const header = sink.end();
  return header && { name, header, rows: sink.rows, merges: sink.merges };
}
