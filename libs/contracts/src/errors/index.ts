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
} as const;

export type ErrorCode = keyof typeof ERRORS;

const entries: ReadonlyMap<string, ErrorEntry> = new Map(Object.entries(ERRORS));

export const isErrorCode = (code: string): code is ErrorCode => entries.has(code);

export function errorEntry(code: ErrorCode): ErrorEntry {
  return ERRORS[code];
}
