import { toHex, utf8 } from '#kernel';
import { defaultSha256, type Sha256 } from '#ledger';

/** SHA-256 of bytes, or of a text in UTF-8, in hex. */
export const sha256Hex = (content: Uint8Array | string, sha256: Sha256 = defaultSha256): string =>
  toHex(sha256(typeof content === 'string' ? utf8(content) : content));
