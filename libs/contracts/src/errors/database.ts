import type { ErrorTable } from './error-table.js';

export const databaseErrors = {
  'idempotency.key-reused': {
    status: 422,
    title: 'Idempotency key was used for another request',
    retry: false,
  },
  'database.unavailable': { status: 503, title: 'Database cannot be reached', retry: true },
} as const satisfies ErrorTable;
export type DatabaseErrorCode = keyof typeof databaseErrors;
