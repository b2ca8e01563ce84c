import type { ExportTable } from '../../exports/export-table.js';

/** How files of exports are made and signed. */
export interface ExportWriter {
  /** Bytes as they are read; rows are taken one by one. */
  readonly write: (format: 'xlsx' | 'pdf', table: ExportTable) => AsyncIterable<Uint8Array>;
  /** False where a PDF cannot be written, for want of a font. */
  readonly canWritePdf: boolean;
  /** JWS of the platform's key over a statement about a file; null where this service has no key. */
  readonly sign: (statement: object) => Promise<string | null>;
  /** Of that key. */
  readonly certificatePem: string | null;
}
