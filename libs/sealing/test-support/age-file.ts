import { createCipheriv } from 'node:crypto';
import { Encrypter } from 'age-encryption';
import { concatBytes } from '#kernel';
import { payloadKey } from '../node/payload-key.js';

const MAC_CHARACTERS = 43;
const NONCE_BYTES = 16;

/** Where a file's payload begins, behind header and nonce. */
export const payloadFrom = (file: Uint8Array): number =>
  Buffer.from(file).indexOf('\n--- ') + 5 + MAC_CHARACTERS + 1 + NONCE_BYTES;

/** A file that the package `age-encryption` wrote, and the key of its payload. */
export async function fileAndKey(
  content: Uint8Array,
  recipient: string,
): Promise<{ readonly file: Uint8Array; readonly key: Uint8Array }> {
  let fileKey = new Uint8Array();
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  encrypter.addRecipient({
    wrapFileKey(given) {
      fileKey = new Uint8Array(given);
      return [];
    },
  });
  const file = await encrypter.encrypt(content);
  const from = payloadFrom(file);
  return { file, key: payloadKey(fileKey, file.subarray(from - NONCE_BYTES, from)) };
}

/** A file of chunks of zeros of the given sizes, the last one marked as the last, whatever the format says of sizes. */
export async function fileOfChunks(sizes: readonly number[], recipient: string): Promise<Uint8Array> {
  const { file, key } = await fileAndKey(new Uint8Array(), recipient);
  const chunks = sizes.map((size, at) => {
    const nonce = Buffer.alloc(12);
    nonce.writeUInt32BE(at, 7);
    nonce[11] = at === sizes.length - 1 ? 1 : 0;
    const cipher = createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 });
    return Buffer.concat([cipher.update(new Uint8Array(size)), cipher.final(), cipher.getAuthTag()]);
  });
  return concatBytes(file.subarray(0, payloadFrom(file)), ...chunks);
}
