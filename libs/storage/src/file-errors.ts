import { DomainError } from '#kernel';
import type { StorageErrorCode } from '#contracts';
import { codeOf } from './error-code.js';
import { unavailable } from './storage-refusals.js';

/** The disk is full, worn, gone or read-only, or a limit of the system is reached: trying again may help. */
const UNAVAILABLE = new Set([
  'EACCES',
  'EAGAIN',
  'EBUSY',
  'EDQUOT',
  'EFBIG',
  'EIO',
  'EMFILE',
  'ENFILE',
  'ENODEV',
  'ENOENT',
  'ENOMEM',
  'ENOSPC',
  'ENXIO',
  'EPERM',
  'EROFS',
  'ESTALE',
  'ETIMEDOUT',
]);

export const isMissing = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(codeOf(error));

/** A refusal of the disk as one of ours: nothing was acknowledged. Other errors stay what they are. */
export function diskError(error: unknown): unknown {
  const code = codeOf(error);
  return UNAVAILABLE.has(code) ? unavailable('The disk takes or gives nothing now', code) : error;
}

/** Runs work on the disk. Throws `storage.unavailable` where the disk refuses. */
export async function onDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw diskError(error);
  }
}

/** The same for the name of an object: `a` and `a/b` exclude each other in folders. */
export function nameError(error: unknown, key: string): unknown {
  if (!['EISDIR', 'ENOTDIR', 'EEXIST', 'ENAMETOOLONG'].includes(codeOf(error))) return diskError(error);
  return new DomainError<StorageErrorCode>(
    'object.key-invalid',
    'A name on the way to this object, or this name itself, is used otherwise.',
    { key },
  );
}
