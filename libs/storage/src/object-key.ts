import { DomainError } from '#kernel';
import type { StorageErrorCode } from '#contracts';

const KEY = /^[a-z0-9][a-z0-9._-]*(?:\/[a-z0-9][a-z0-9._-]*)*$/;
const KEY_CHARS_MAX = 512;

/** Throws `object.key-invalid`; what passes is a relative path on any file system. */
export function requireKey(key: string): string {
  if (key.length > KEY_CHARS_MAX || !KEY.test(key) || key.includes('..')) {
    throw new DomainError<StorageErrorCode>('object.key-invalid', 'This is no name for a stored object.', {
      key,
    });
  }
  return key;
}

/** Only names under a prefix that was declared mutable may get other bytes. */
export function requireMutable(key: string, prefixes: readonly string[]): string {
  if (!prefixes.some((prefix) => requireKey(key).startsWith(prefix))) {
    throw new DomainError<StorageErrorCode>('object.immutable', 'An object is never changed.', { key });
  }
  return key;
}
