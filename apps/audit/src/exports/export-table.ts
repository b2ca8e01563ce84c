/** Text, or a whole number that a double holds. */
export type ExportCell = string | number | null;

/** What is written, in whatever format. */
export interface ExportTable {
  readonly title: string;
  /** Lines about the whole: when, of whom, what was filtered. */
  readonly about: readonly string[];
  readonly columns: readonly { readonly title: string; readonly width: number }[];
  readonly rows: AsyncIterable<readonly ExportCell[]>;
}
