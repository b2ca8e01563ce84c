import { InvariantError, isDomainError } from '#kernel';
import { codeOf } from './error-code.js';
import { notFound, unavailable } from './storage-refusals.js';

const MISSING = new Set(['NotFound', 'NoSuchKey', 'NoSuchVersion']);
/** What a server answers about a bucket or a version on which no lock was set. */
const UNLOCKED = /^(?:NoSuchObjectLockConfiguration|ObjectLockConfigurationNotFound)/;
/** What a server answers whose object was there first. */
const FIRST = new Set(['PreconditionFailed', 'ConditionalRequestConflict']);
const REFUSED = new Set(['AccessDenied', 'ObjectLocked', 'InvalidRequest']);
/** Mistakes of ours, or of the client: no state of the server. */
const BUGS = new Set(['TypeError', 'RangeError', 'ReferenceError', 'SyntaxError', 'InvalidArgumentError']);

export const isMissing = (error: unknown): boolean => MISSING.has(codeOf(error));
export const isUnlocked = (error: unknown): boolean => UNLOCKED.test(codeOf(error));
export const wasSecond = (error: unknown): boolean => FIRST.has(codeOf(error));
export const isRefused = (error: unknown): boolean => REFUSED.has(codeOf(error));

/**
 * What a request that failed means for an object: it is not there, or the store does not serve. A bucket that has gone
 * is a store that has gone: none of its objects may be taken for never made. Refusals of ours and bugs stay as they are.
 */
export function s3Error(error: unknown, key: string): unknown {
  if (isDomainError(error) || error instanceof InvariantError) return error;
  if (isMissing(error)) return notFound(key);
  const { name = '', Code: told = '' } = error as { name?: string; Code?: string };
  if (BUGS.has(name)) return error;
  // To a HEAD a server can only give its status: an error without code and words is its own failure.
  return unavailable('The object store does not serve', codeOf(error) || told || name || 'unknown');
}

/** Runs a request about an object. Throws `object.not-found`, `storage.unavailable`. */
export async function onServer<T>(key: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw s3Error(error, key);
  }
}
