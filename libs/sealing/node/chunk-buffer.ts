export interface Chunk {
  readonly bytes: Uint8Array;
  /** Its number, from 0. */
  readonly at: number;
}

/** Pieces of any length gathered to chunks of one. */
export class ChunkBuffer {
  readonly #buffer: Buffer;
  #used = 0;
  #at = 0;

  constructor(size: number) {
    this.#buffer = Buffer.allocUnsafe(size);
  }

  get isFull(): boolean {
    return this.#used === this.#buffer.length;
  }

  /** Copies as much as there is room for, from an offset on, and tells how much that was. */
  fill(piece: Uint8Array, from: number): number {
    const taken = Math.min(this.#buffer.length - this.#used, piece.length - from);
    this.#buffer.set(piece.subarray(from, from + taken), this.#used);
    this.#used += taken;
    return taken;
  }

  /**
   * A chunk that lies whole in the piece, with at least a byte after it, without copying; undefined where a part of it
   * was filled in, or is still to come. It belongs to the piece; the next one begins `bytes.length` further on.
   */
  within(piece: Uint8Array, from: number): Chunk | undefined {
    const end = from + this.#buffer.length;
    if (this.#used > 0 || end >= piece.length) return undefined;
    return { bytes: piece.subarray(from, end), at: this.#at++ };
  }

  /** The chunk, valid until the next `fill`, and its number; the buffer is empty then. */
  take(): Chunk {
    const bytes = this.#buffer.subarray(0, this.#used);
    this.#used = 0;
    return { bytes, at: this.#at++ };
  }
}
