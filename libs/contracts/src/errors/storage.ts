import type { ErrorTable } from './error-table.js';

export const storageErrors = {
  'object.key-invalid': { status: 400, title: 'Not a name for an object', retry: false },
  'object.not-found': { status: 404, title: 'No such object', retry: false },
  'object.exists': { status: 409, title: 'Other bytes are kept under this name', retry: false },
  'object.hash-mismatch': { status: 422, title: 'Bytes differ from their hash', retry: false },
  'object.too-large': { status: 413, title: 'Object is too large', retry: false },
  'object.retained': { status: 409, title: 'Object may not be removed yet', retry: false },
  'object.immutable': { status: 409, title: 'Object is never changed', retry: false },
  'object.mutable': { status: 409, title: 'Object may change and is not retained', retry: false },
  'object.range-invalid': { status: 416, title: 'Object ends before this range', retry: false },
  'storage.unavailable': { status: 503, title: 'Object store cannot be reached', retry: true },
} as const satisfies ErrorTable;
export type StorageErrorCode = keyof typeof storageErrors;
