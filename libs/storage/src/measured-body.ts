import { createHash, type Hash } from 'node:crypto';
import type { Body, PutOptions, Stored } from './object-store.port.js';
import { mismatch, tooLarge } from './storage-refusals.js';

/** A body that is hashed, counted and bounded on its way. */
export class MeasuredBody {
  private readonly hash: Hash = createHash('sha256');
  private size = 0;

  constructor(
    private readonly body: Body,
    private readonly options: PutOptions,
  ) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    const chunks = this.body instanceof Uint8Array ? [this.body] : this.body;
    const { bytesMax = Number.MAX_SAFE_INTEGER, expect } = this.options;
    for await (const chunk of chunks) {
      this.size += chunk.length;
      if (this.size > bytesMax) throw tooLarge(bytesMax);
      if (expect && this.size > expect.size) throw mismatch(expect);
      this.hash.update(chunk);
      yield chunk;
    }
  }

  /** After the last byte. Throws `object.hash-mismatch` where it is not what was expected. */
  finish(): Stored {
    const stored = { sha256: this.hash.digest('hex'), size: this.size };
    const { expect } = this.options;
    if (expect && (expect.sha256 !== stored.sha256 || expect.size !== stored.size)) throw mismatch(expect);
    return stored;
  }
}
