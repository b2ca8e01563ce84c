/** What a workbook may be at most before anything in it is parsed, and what parsing may take. */
export const WORKBOOK_LIMITS = {
  bytesMax: 20 * 1024 * 1024,
  entriesMax: 2_000,
  inflatedBytesMax: 200 * 1024 * 1024,
  /** Inflated bytes for each stored byte, of the whole and of every entry above `ratioFromBytes`. */
  ratioMax: 100,
  ratioFromBytes: 256 * 1024,
  /** Content types, or relationships of one part. */
  namingBytesMax: 1024 * 1024,
  sheetsMax: 200,
  /** Characters of all texts that cells share, and how many such texts. */
  sharedCharsMax: 24 * 1024 * 1024,
  sharedTextsMax: 1_000_000,
  /** Cells of all sheets, blank ones with a style among them. */
  cellsMax: 3_000_000,
  textCharsMax: 32_767,
  /** Cells further right are not looked at; a sheet ends at the column XFD in any case. */
  columnsMax: 256,
  headerRowsMax: 20,
  linesMax: 100_000,
  /** Rows that hold something below a header: lines, headings, totals. */
  rowsMax: 150_000,
  mergesMax: 50_000,
  /** Cells of the bill that merged ranges may cover. */
  mergedCellsMax: 500_000,
  formulaCharsMax: 1_000,
  /** Cells that the formulas of one workbook may look at. */
  formulaCellsMax: 5_000_000,
} as const;
