import type { ErrorTable } from './error-table.js';

/** Messages between services. */
export const busErrors = {
  'bus.timeout': { status: 504, title: 'A service did not answer in time', retry: true },
  'bus.no-responder': { status: 503, title: 'A service is not running', retry: true },
  'bus.unavailable': { status: 503, title: 'Message broker cannot be reached', retry: true },
  'bus.closed': { status: 503, title: 'Shutting down', retry: true },
  'message.too-large': { status: 413, title: 'Message is too large', retry: false },
} as const satisfies ErrorTable;
export type BusErrorCode = keyof typeof busErrors;
