import { createHash } from 'node:crypto';
import type { RandomBytes } from '#sealing';

/**
 * A random source that another language can repeat: the blocks SHA-256(seed ‖ counter), seed in UTF-8, counter from
 * 0 in 8 bytes big-endian, one after the other; every call takes the next `length` bytes.
 */
export function randomStream(seed: string): RandomBytes {
  let counter = 0n;
  let rest = Buffer.alloc(0);
  return (length) => {
    while (rest.length < length) {
      const at = Buffer.alloc(8);
      at.writeBigUInt64BE(counter++);
      rest = Buffer.concat([rest, createHash('sha256').update(seed, 'utf8').update(at).digest()]);
    }
    const taken = new Uint8Array(rest.subarray(0, length));
    rest = rest.subarray(length);
    return taken;
  };
}
