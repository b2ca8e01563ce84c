import { busErrors } from './bus.js';
import { databaseErrors } from './database.js';
import type { ErrorEntry } from './error-table.js';
import { evaluationErrors } from './evaluation.js';
import { ledgerErrors } from './ledger.js';
import { pkiErrors } from './pki.js';
import {
  registrationErrors,
  scoringErrors,
  tenderingErrors,
  transportErrors,
  vaultErrors,
} from './platform.js';
import { sealingErrors } from './sealing.js';
import { storageErrors } from './storage.js';
import { supervisionErrors } from './supervision.js';
import { uploadErrors } from './upload.js';
import { workbookErrors } from './workbook.js';

/** Every code of the platform with its status, title and whether trying again helps. */
export const ERRORS = {
  ...transportErrors,
  ...registrationErrors,
  ...tenderingErrors,
  ...vaultErrors,
  ...scoringErrors,
  ...sealingErrors,
  ...ledgerErrors,
  ...evaluationErrors,
  ...databaseErrors,
  ...busErrors,
  ...storageErrors,
  ...uploadErrors,
  ...pkiErrors,
  ...workbookErrors,
  ...supervisionErrors,
} as const;

export type ErrorCode = keyof typeof ERRORS;

/** What transport and access may refuse with, whatever is asked; every other code is declared by its contract. */
export const COMMON_ERRORS: readonly ErrorCode[] = [
  'request.malformed',
  'request.too-large',
  'request.media-type-wrong',
  'request.idempotency-key-missing',
  'request.origin-foreign',
  'idempotency.key-reused',
  'session.missing',
  'access.denied',
  'message.too-large',
  'version.conflict',
  'bus.timeout',
  'bus.no-responder',
  'bus.unavailable',
  'bus.closed',
  'database.unavailable',
  'storage.unavailable',
  'internal.error',
];

const entries: ReadonlyMap<string, ErrorEntry> = new Map(Object.entries(ERRORS));

export const isErrorCode = (code: string): code is ErrorCode => entries.has(code);

export function errorEntry(code: ErrorCode): ErrorEntry {
  return ERRORS[code];
}
