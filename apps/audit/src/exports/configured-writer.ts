import { existsSync } from 'node:fs';
import type { AuditSettings } from '../config.js';
import type { ExportWriter } from '../use-cases/supervision/export-writer.port.js';
import { writePdf } from './write-pdf.js';
import { writeWorkbook } from './write-workbook.js';

/** Writes with the font that is configured; without its file there are workbooks alone. */
export function configuredWriter({
  exportFontFile: file,
  exportFontFace: face,
}: Pick<AuditSettings, 'exportFontFile' | 'exportFontFace'>): ExportWriter {
  return {
    canWritePdf: existsSync(file),
    write: (format, table) =>
      format === 'pdf'
        ? writePdf(table, { file, face: face === '' ? undefined : face })
        : writeWorkbook(table),
  };
}
