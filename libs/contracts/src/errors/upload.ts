import type { ErrorTable } from './error-table.js';

/** Resumable uploads (tus 1.0). */
export const uploadErrors = {
  'upload.unknown': { status: 404, title: 'No such upload', retry: false },
  'upload.expired': { status: 410, title: 'Upload is over', retry: false },
  'upload.offset-wrong': { status: 409, title: 'Upload goes on elsewhere', retry: false },
  'upload.finished': { status: 409, title: 'Upload is finished', retry: false },
  'upload.busy': { status: 423, title: 'Another request to this upload is under way', retry: true },
  'upload.too-many': { status: 429, title: 'Too many unfinished uploads', retry: false },
  'upload.too-many-requests': { status: 429, title: 'Upload came in too many parts', retry: false },
  'upload.protocol-wrong': { status: 412, title: 'Not tus 1.0.0', retry: false },
} as const satisfies ErrorTable;
export type UploadErrorCode = keyof typeof uploadErrors;
