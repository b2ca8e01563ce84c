import type { ErrorTable } from './error-table.js';

const refused = (title: string, status: 413 | 415 | 422 = 422) => ({ status, title, retry: false }) as const;

/** Workbooks that people send: refused before or while reading them. */
export const workbookErrors = {
  'workbook.too-large': refused('Workbook is too large', 413),
  'workbook.bomb': refused('Workbook inflates far beyond what a workbook needs'),
  'workbook.malformed': refused('This is not a sound .xlsx workbook', 415),
  'workbook.encrypted': refused('Workbook is protected by a password'),
  'workbook.forbidden-content': refused('Workbook contains macros, external links or other active content'),
  'workbook.too-complex': refused('Workbook takes too much time or memory to read'),
  'workbook.header-invalid': refused('Header row of the bill of quantities was not found'),
  'workbook.layout-invalid': refused('Bill of quantities is not one block of lines'),
  'workbook.lines-too-many': refused('Bill of quantities has too many lines'),
  'workbook.number-invalid': refused('A quantity or price is not a plain number'),
  'workbook.merge-forbidden': refused('Merged cells hide or share numbers of the bill'),
  'workbook.formula-forbidden': refused('A formula stands where a value must be'),
} as const satisfies ErrorTable;
export type WorkbookErrorCode = keyof typeof workbookErrors;
