import { z } from 'zod';
import { command, event, query } from '../contract.js';
import { alarmSeverity, alarmState } from './audit-alarms.js';
import { entryFilter } from './audit-supervision.js';
import { storedObject } from './common.js';
import { instant, sha256Hex, uuid } from './envelope.js';

const exportState = z.enum(['waiting', 'ready', 'failed']);

/** What is taken out; of the filter, entries take what a search takes, a timeline its tender, alarms the rest. */
const exportWanted = {
  kind: z.enum(['entries', 'timeline', 'alarms']),
  format: z.enum(['xlsx', 'pdf']),
  language: z.enum(['zh', 'en']).default('zh'),
  ...entryFilter,
  state: alarmState.optional(),
  severity: alarmSeverity.optional(),
};
const wanted = z.strictObject(exportWanted);
export type ExportWanted = z.infer<typeof wanted>;

export const supervisionExport = z.object({
  exportId: uuid,
  kind: z.enum(['entries', 'timeline', 'alarms']),
  format: z.enum(['xlsx', 'pdf']),
  state: exportState,
  requestedAt: instant,
  fileName: z.string(),
  /** Null until it is ready. */
  file: z
    .object({ sha256: sha256Hex, size: z.number().int(), rows: z.number().int(), madeAt: instant })
    .nullable(),
  /** JWS of the platform's key (type `sunseal-export`) that names the file by its hash; null until it is ready. */
  signature: z.string().nullable(),
  platformCertificatePem: z.string().nullable(),
  /** The code of what went wrong; null unless it failed. */
  code: z.string().nullable(),
});
export type SupervisionExport = z.infer<typeof supervisionExport>;

export const requestExport = command('audit', 'request-export', {
  summary: 'A supervisor asks for entries, a timeline or alarms as a file; it is written in the background',
  access: ['supervisor'],
  enters: ['export-requested'],
  http: { method: 'POST', path: '/api/v1/supervision/exports' },
  request: wanted,
  response: supervisionExport,
  errors: ['export.too-large', 'export.too-many', 'export.font-missing', 'tender.unknown'],
});

export const getExport = query('audit', 'get-export', {
  summary: 'How far an own export is, and the signature of its file',
  access: ['supervisor'],
  reads: 'own',
  http: { method: 'GET', path: '/api/v1/supervision/exports/:exportId' },
  request: z.strictObject({ exportId: uuid }),
  response: supervisionExport,
  errors: ['export.unknown'],
});

export const readExport = query('audit', 'read-export', {
  summary: 'The file of an own export',
  access: ['supervisor'],
  reads: 'confidential',
  http: { method: 'GET', path: '/api/v1/supervision/exports/:exportId/file', answer: 'object' },
  request: z.strictObject({ exportId: uuid }),
  response: storedObject,
  errors: ['export.unknown', 'export.not-ready', 'export.failed'],
});

export const exportRequested = event('audit', 'export-requested', {
  summary: 'A supervisor asked to take entries or alarms out of the platform',
  data: z.object({ exportId: uuid, kind: z.string(), format: z.string(), filterSha256: sha256Hex }),
});

export const exportMade = event('audit', 'export-made', {
  summary: 'A file that a supervisor asked for was written',
  data: z.object({ exportId: uuid, sha256: sha256Hex, rows: z.number().int() }),
});
