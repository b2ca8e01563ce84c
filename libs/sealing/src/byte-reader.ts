import { concatBytes, invariant } from '#kernel';

const NEWLINE = 0x0a;

/** Reads a stream of bytes in amounts of the reader's choice, whatever the chunks in which they come. */
export class ByteReader {
  readonly #source: AsyncIterator<Uint8Array>;
  readonly #most: number;
  #taken = 0;
  #rest: Uint8Array = new Uint8Array();
  #position = 0;
  #failed = false;

  /** Reading on beyond `most` bytes throws an Error. */
  constructor(source: AsyncIterable<Uint8Array>, most = Infinity) {
    this.#source = source[Symbol.asyncIterator]();
    this.#most = most;
  }

  /** Bytes given out so far. */
  get position(): number {
    return this.#position;
  }

  /** Whether the source itself threw: then the bytes are not to blame. */
  get failed(): boolean {
    return this.#failed;
  }

  /** The next bytes as they came, at least one and at most `most`; null at the end. Borrowed until the next call. */
  async some(most: number): Promise<Uint8Array | null> {
    if (this.#rest.length === 0 && !(await this.#fill())) return null;
    const given = this.#rest.subarray(0, most);
    this.#rest = this.#rest.subarray(given.length);
    this.#position += given.length;
    return given;
  }

  /** The next `length` bytes, or as many as there are before the end. They belong to the caller. */
  async upTo(length: number): Promise<Uint8Array> {
    const pieces: Uint8Array[] = [];
    for (let missing = length; missing > 0;) {
      const piece = await this.some(missing);
      if (piece === null) break;
      pieces.push(piece.slice());
      missing -= piece.length;
    }
    return pieces.length === 1 ? pieces[0]! : concatBytes(...pieces);
  }

  /** The next line with its newline. Throws an Error where the source ends before, or the line is longer than `most`. */
  async line(most: number): Promise<Uint8Array> {
    const pieces: Uint8Array[] = [];
    for (let room = most; room > 0;) {
      invariant(await this.#fill(), 'a line has an end');
      const newline = this.#rest.subarray(0, room).indexOf(NEWLINE);
      const piece = (await this.some(newline === -1 ? room : newline + 1))!;
      pieces.push(piece.slice());
      if (newline !== -1) return concatBytes(...pieces);
      room -= piece.length;
    }
    throw new Error('the line is too long');
  }

  /** All that is left, as it comes. */
  async *remaining(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const chunk = await this.some(Number.MAX_SAFE_INTEGER);
      if (chunk === null) return;
      yield chunk;
    }
  }

  /** Lets go of the source, read or not. */
  async close(): Promise<void> {
    await this.#source.return?.();
  }

  /** Whether there is a byte more. */
  async #fill(): Promise<boolean> {
    while (this.#rest.length === 0) {
      try {
        const { done, value } = await this.#source.next();
        if (done === true) return false;
        this.#rest = value;
      } catch (error) {
        this.#failed = true;
        throw error;
      }
      this.#taken += this.#rest.length;
      invariant(this.#taken <= this.#most, `there are at most ${this.#most} bytes`);
    }
    return true;
  }
}
