import type { ErrorTable } from './error-table.js';

/** What supervision refuses. */
export const supervisionErrors = {
  'alarm.unknown': { status: 404, title: 'No such alarm', retry: false },
  'alarm.wrong-state': { status: 409, title: 'Alarm was handled otherwise already', retry: false },
  'export.unknown': { status: 404, title: 'No such export', retry: false },
  'export.not-ready': { status: 409, title: 'Export is not written yet', retry: true },
  'export.failed': { status: 409, title: 'Export could not be written', retry: false },
  'export.font-missing': { status: 409, title: 'No font for PDF files is installed', retry: false },
  'export.too-large': { status: 413, title: 'Export would be too large', retry: false },
  'export.too-many': { status: 429, title: 'Too many exports wait', retry: true },
  'feed.too-many': { status: 429, title: 'Too many live feeds are open', retry: true },
} as const satisfies ErrorTable;
