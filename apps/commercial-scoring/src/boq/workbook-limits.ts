/** What a workbook may be at most before anything in it is parsed, and what parsing may take. */
export const WORKBOOK_LIMITS = {
  bytesMax: 20 * 1024 * 1024,
  entriesMax: 2_000,
  inflatedBytesMax: 200 * 1024 * 1024,
  /** Inflated bytes for each stored byte, of the whole and of every entry above `ratioFromBytes`. */
  ratioMax: 100,
  ratioFromBytes: 256 * 1024,
  readSecondsMax: 30,
  readMemoryMiBMax: 512,
  headerRowsMax: 20,
  linesMax: 50_000,
  columnsMax: 64,
} as const;
