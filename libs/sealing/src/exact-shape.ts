const SHA256_HEX = /^[0-9a-f]{64}$/;

/** Lower-case hex of 32 bytes, the one spelling of a hash. */
export const isSha256Hex = (value: unknown): value is string =>
  typeof value === 'string' && SHA256_HEX.test(value);

/**
 * Whether a value from outside is an object with exactly these members: what one reader would ignore, another might
 * heed, so an unknown member is never passed over.
 */
export function hasExactly(value: unknown, members: readonly string[]): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return (
    Object.keys(value).length === members.length && members.every((member) => Object.hasOwn(value, member))
  );
}
