import type { ExportTable } from '../../exports/export-table.js';

/** How files of exports are made. */
export interface ExportWriter {
  /** Bytes as they are read; rows are taken one by one. */
  readonly write: (format: 'xlsx' | 'pdf', table: ExportTable) => AsyncIterable<Uint8Array>;
  /** False where a PDF cannot be written, for want of a font. */
  readonly canWritePdf: boolean;
}
