import { existsSync, readFileSync } from 'node:fs';
import { invariant } from '#kernel';
import { importPrivateKey, signJson } from '#pki';
import type { AuditSettings } from '../config.js';
import type { ExportWriter } from '../use-cases/supervision/export-writer.port.js';
import { writePdf } from './write-pdf.js';
import { writeWorkbook } from './write-workbook.js';

/** The type of the JWS that names an exported file by its hash. */
export const EXPORT_TYP = 'sunseal-export';

type ExportSettings = Pick<
  AuditSettings,
  'exportFontFile' | 'exportFontFace' | 'platformCertificateFile' | 'platformKeyFile'
>;

/** Writes with the font that is configured, and signs where both certificate and key are. Reads them once. */
export function configuredWriter(settings: ExportSettings): ExportWriter {
  const { exportFontFile: file, exportFontFace: face } = settings;
  const { platformCertificateFile, platformKeyFile } = settings;
  invariant(
    (platformCertificateFile === undefined) === (platformKeyFile === undefined),
    'the platform’s certificate and its key are set together',
  );
  const read = (path: string | undefined) => (path === undefined ? null : readFileSync(path, 'utf8'));
  const [certificatePem, keyPem] = [read(platformCertificateFile), read(platformKeyFile)];
  return {
    certificatePem,
    canWritePdf: existsSync(file),
    write: (format, table) =>
      format === 'pdf'
        ? writePdf(table, { file, face: face === '' ? undefined : face })
        : writeWorkbook(table),
    sign: async (statement) => {
      if (certificatePem === null || keyPem === null) return null;
      const privateKey = await importPrivateKey(keyPem);
      return signJson(statement, { privateKey, certificatePem, typ: EXPORT_TYP });
    },
  };
}
