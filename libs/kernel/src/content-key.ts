/** Where bytes are kept that are known by their hash: `prefix/ab/abcdef…`, with the SHA-256 in lower-case hex. */
export const contentKey = (prefix: string, sha256: string): string =>
  `${prefix}/${sha256.slice(0, 2)}/${sha256}`;
