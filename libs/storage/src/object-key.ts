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

/** Whether other bytes may come under this name. Throws `object.key-invalid`. */
export const isMutable = (key: string, prefixes: readonly string[]): boolean =>
  prefixes.some((prefix) => requireKey(key).startsWith(prefix));

/** Only names under a prefix that was declared mutable may get other bytes. */
export function requireMutable(key: string, prefixes: readonly string[]): string {
  if (!isMutable(key, prefixes)) {
    throw new DomainError<StorageErrorCode>('object.immutable', 'An object is never changed.', { key });
  }
  return key;
}

/** Only what never changes is retained: under other names a lock would keep one version and show another. */
export function requireRetainable(key: string, prefixes: readonly string[]): string {
  if (isMutable(key, prefixes)) {
    throw new DomainError<StorageErrorCode>(
      'object.mutable',
      'Bytes under this name may change; it is not retained.',
      { key },
    );
  }
  return key;
}
