import { webcrypto } from 'node:crypto';

/** Random bytes of the operating system. */
export const random = (length: number): Uint8Array => webcrypto.getRandomValues(new Uint8Array(length));
