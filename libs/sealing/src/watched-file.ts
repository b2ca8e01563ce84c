import { toHex } from '#kernel';
import type { StartHash } from './age-engine.js';
import { drain } from './drain.js';
import { refusal } from './refuse.js';

/** What a manifest commits to: SHA-256 in lower-case hex and length in bytes of the age file. */
export interface ExpectedFile {
  readonly sha256: string;
  readonly size: number;
}

/** A stored envelope that is hashed while others read it. Whoever reads it cannot close it: it is read to its end. */
export class WatchedFile implements AsyncIterable<Uint8Array> {
  readonly #source: AsyncIterator<Uint8Array>;
  readonly #expected: ExpectedFile;
  readonly #running;
  #size = 0;
  #digest: string | undefined;
  #failed = false;

  constructor(file: AsyncIterable<Uint8Array>, expected: ExpectedFile, sha256: StartHash) {
    this.#source = file[Symbol.asyncIterator]();
    this.#expected = expected;
    this.#running = sha256();
  }

  /** Whether the file could not be read on: its source threw, or it is longer than it should be. */
  get failed(): boolean {
    return this.#failed;
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    return { next: () => this.#next() };
  }

  /** Reads what is left. Throws `envelope.altered` unless all of it together is what was expected. */
  async requireSame(): Promise<void> {
    await drain(this);
    this.#digest ??= toHex(this.#running.digest());
    if (this.#size !== this.#expected.size || this.#digest !== this.#expected.sha256) throw this.#altered();
  }

  async close(): Promise<void> {
    await this.#source.return?.();
  }

  async #next(): Promise<IteratorResult<Uint8Array>> {
    try {
      const result = await this.#source.next();
      if (result.done === true) return { done: true, value: undefined };
      this.#size += result.value.length;
      if (this.#size > this.#expected.size) throw this.#altered();
      this.#running.update(result.value);
      return result;
    } catch (error) {
      this.#failed = true;
      throw error;
    }
  }

  #altered(): Error {
    return refusal('envelope.altered', 'The stored envelope is not the one that was received.', {
      ...this.#expected,
    });
  }
}
