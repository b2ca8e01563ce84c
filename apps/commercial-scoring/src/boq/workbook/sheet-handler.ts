import { checkFormula } from '../forbidden-content.js';
import { refuseWorkbook } from '../refuse-workbook.js';
import { WORKBOOK_LIMITS } from '../workbook-limits.js';
import type { XmlTag } from '../xml/tag-reader.js';
import type { XmlHandler } from '../xml/xml-scanner.js';
import { cellRef, columnLetters, COLUMNS_MAX, ROWS_MAX } from './cell-ref.js';
import { cellValue } from './cell-value.js';
import type { MergedRange, SheetFormula, SheetCell } from './sheet-cell.js';

/** Takes the cells of a sheet as they come. */
export interface SheetSink {
  /** Whether anybody wants the cells of this column, counted from 0. */
  wants(column: number): boolean;
  cell(column: number, cell: SheetCell): void;
  rowEnd(row: number): void;
  merged(range: MergedRange): void;
}

interface Master {
  readonly text: string;
  readonly row: number;
  readonly column: number;
}

const { cellsMax, textCharsMax, formulaCharsMax, mergesMax } = WORKBOOK_LIMITS;

/** Counts over all sheets of a workbook. */
export interface CellBudget {
  cells: number;
}

/**
 * Reads the XML of one sheet into cells. Rows and cells come in order and never twice, as every writer writes them:
 * anything else is refused, because readers would understand it differently. The stored result of a formula is not
 * read. Source: ECMA-376 part 1, 18.3.1.
 */
export class SheetHandler implements XmlHandler {
  isTextWanted = false;
  private path = '';
  private row = 0;
  private column = -1;
  private isWanted = false;
  private isAid = false;
  private type = 'n';
  private value = '';
  private inline = '';
  private formula: SheetFormula | null = null;
  private formulaText = '';
  private formulaTag: { readonly shared: string | undefined } | null = null;
  private merges = 0;
  private readonly masters = new Map<string, Master>();

  constructor(
    private readonly sheet: string,
    private readonly shared: readonly string[],
    private readonly budget: CellBudget,
    private readonly sink: SheetSink,
  ) {}

  open(name: string, tag: XmlTag, depth: number): void {
    if (depth === 2) this.path = name;
    else if (this.path === 'sheetData') this.openData(name, tag, depth);
    else if (this.path === 'mergeCells' && name === 'mergeCell') this.merge(tag.attribute('ref') ?? '');
  }

  text(text: string): void {
    if (this.formulaTag) this.formulaText += text;
    else if (this.type === 'inlineStr') this.inline += text;
    else this.value += text;
    const chars = this.formulaText.length + this.inline.length + this.value.length;
    if (chars > textCharsMax + formulaCharsMax)
      refuseWorkbook('workbook.too-complex', `${this.place()}: the cell holds too much text.`, this.where());
  }

  close(name: string, depth: number): void {
    if (this.path !== 'sheetData') return;
    if (depth === 3) this.sink.rowEnd(this.row);
    else if (depth === 4) this.closeCell();
    else if (depth === 5 && name === 'f') this.closeFormula();
    else if (name === 'rPh') this.isAid = false;
    this.isTextWanted = false;
  }

  private openData(name: string, tag: XmlTag, depth: number): void {
    if (depth === 3 && name === 'row') this.openRow(tag);
    else if (depth === 4 && name === 'c') this.openCell(tag);
    else if (depth === 5 && name === 'f') {
      this.formulaText = '';
      const kind = tag.attribute('t') ?? 'normal';
      if (kind !== 'normal' && kind !== 'shared')
        refuseWorkbook(
          'workbook.formula-forbidden',
          `${this.place()}: formulas over several cells are not read.`,
          this.where(),
        );
      this.formulaTag = { shared: kind === 'shared' ? (tag.attribute('si') ?? '') : undefined };
      this.isTextWanted = true;
    } else if (depth === 5 && name === 'v') this.isTextWanted = this.isWanted && this.type !== 'inlineStr';
    else if (name === 'rPh') this.isAid = true;
    else if (name === 't' && depth >= 6)
      this.isTextWanted = this.isWanted && this.type === 'inlineStr' && !this.isAid;
  }

  private openRow(tag: XmlTag): void {
    const given = tag.attribute('r');
    const row = given === undefined ? this.row + 1 : +given;
    if (!Number.isInteger(row) || row <= this.row || row > ROWS_MAX)
      refuseWorkbook(
        'workbook.malformed',
        `Sheet ${this.sheet}: row ${given ?? row} does not follow row ${this.row}.`,
        {
          sheet: this.sheet,
          row: this.row,
        },
      );
    this.row = row;
    this.column = -1;
  }

  private openCell(tag: XmlTag): void {
    const before = this.column;
    const given = tag.cell('r');
    this.column = given === undefined ? before + 1 : given % COLUMNS_MAX;
    const row = given === undefined ? this.row : Math.floor(given / COLUMNS_MAX);
    if (this.column <= before || this.column >= COLUMNS_MAX || row !== this.row)
      refuseWorkbook(
        'workbook.malformed',
        `Sheet ${this.sheet}, row ${this.row}: the cell ${tag.attribute('r') ?? columnLetters(before + 1)} does not follow the one before it.`,
        { sheet: this.sheet, row: this.row, cell: tag.attribute('r') },
      );
    if (++this.budget.cells > cellsMax)
      refuseWorkbook(
        'workbook.too-complex',
        `${this.place()}: a workbook may have at most ${cellsMax} cells.`,
        this.where(),
      );
    this.isWanted = this.column < WORKBOOK_LIMITS.columnsMax && this.sink.wants(this.column);
    this.type = tag.attribute('t') ?? 'n';
    this.value = '';
    this.inline = '';
    this.formula = null;
  }

  private closeCell(): void {
    if (!this.isWanted) return;
    const stored = this.type === 'inlineStr' ? this.inline : cellValue(this.type, this.value, this.shared);
    const cell = this.formula ?? stored;
    if (cell === undefined)
      refuseWorkbook('workbook.malformed', `${this.place()}: the cell cannot be read.`, this.where());
    if (cell !== null && cell !== '') this.sink.cell(this.column, cell);
  }

  private closeFormula(): void {
    const { formulaText: text, formulaTag } = this;
    this.formulaTag = null;
    if (text.length > formulaCharsMax)
      refuseWorkbook('workbook.too-complex', `${this.place()}: the formula is too long.`, this.where());
    checkFormula(text, this.place());
    const shared = formulaTag?.shared;
    if (shared === undefined) this.formula = { text, rowShift: 0, columnShift: 0 };
    else this.formula = this.sharedFormula(shared, text);
  }

  /** The first cell of a shared formula has the text, the others only its number. */
  private sharedFormula(index: string, text: string): SheetFormula {
    if (text !== '') this.masters.set(index, { text, row: this.row, column: this.column });
    const master = this.masters.get(index);
    if (!master)
      return refuseWorkbook(
        'workbook.malformed',
        `${this.place()}: the shared formula ${index} is not there.`,
        this.where(),
      );
    return { text: master.text, rowShift: this.row - master.row, columnShift: this.column - master.column };
  }

  private merge(ref: string): void {
    const [first, last = first] = ref.split(':').map(cellRef);
    const { sheet } = this;
    if (!first || !last || last.row < first.row || last.column < first.column)
      return refuseWorkbook('workbook.malformed', `Sheet ${sheet}: ${ref} is no range of merged cells.`, {
        sheet,
        ref,
      });
    if (++this.merges > mergesMax)
      refuseWorkbook(
        'workbook.too-complex',
        `Sheet ${sheet}: a sheet may have at most ${mergesMax} merged ranges (${ref}).`,
        { sheet, ref },
      );
    this.sink.merged({ top: first.row, left: first.column, bottom: last.row, right: last.column });
  }

  private place(): string {
    return `Sheet ${this.sheet}, cell ${columnLetters(this.column)}${this.row}`;
  }

  private where(): Readonly<Record<string, unknown>> {
    return { sheet: this.sheet, row: this.row, cell: `${columnLetters(this.column)}${this.row}` };
  }
}
