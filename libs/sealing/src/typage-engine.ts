import { sha256 } from '@noble/hashes/sha2.js';
import { Decrypter, Encrypter } from 'age-encryption';
import type { AgeEngine } from './age-engine.js';
import { readAgeHeader } from './age-header.js';
import { ByteReader } from './byte-reader.js';
import { fromWebStream, toWebStream } from './web-stream.js';

/** The package `age-encryption` and noble's SHA-256: runs in every browser and in Node. */
export const typageEngine: AgeEngine = {
  async *encrypt(content, recipients) {
    const encrypter = new Encrypter();
    for (const recipient of recipients) encrypter.addRecipient(recipient);
    yield* fromWebStream(await encrypter.encrypt(toWebStream(content)));
  },

  async *decrypt(file, identity) {
    const reader = new ByteReader(file);
    try {
      const header = await readAgeHeader(reader);
      const decrypter = new Decrypter();
      decrypter.addIdentity(identity);
      yield* fromWebStream(await decrypter.decrypt(toWebStream(headerAndRest(header, reader))));
    } finally {
      await reader.close();
    }
  },

  sha256: () => sha256.create(),
};

async function* headerAndRest(header: Uint8Array, rest: ByteReader): AsyncGenerator<Uint8Array> {
  yield header;
  yield* rest.remaining();
}
