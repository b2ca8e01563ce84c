import { ERRORS } from '@tus/server';
import type { Uuid } from '#kernel';
import { LIMITS } from '#contracts';
import type { ObjectStore } from '#storage';
import { gathered, PieceCutter } from './piece-cutter.js';
import { type Piece, pieceKey } from './upload.js';
import type { UploadRows } from './upload-rows.js';

const PIECE = { bytesMax: LIMITS.uploadPieceBytesMax, ms: LIMITS.uploadPieceSecondsMax * 1_000 };
const WRITE_BYTES = 512 * 1024;

export interface PieceWriterParts {
  readonly rows: UploadRows;
  readonly store: ObjectStore;
  /** Told of each piece, in order, when its row is there. */
  readonly onCounted: (piece: Piece) => void;
}

/**
 * One writer's pieces of one upload. Each is durable in the store before its row; while one is being synced and counted
 * the next is already taken in, so that disk and line do not wait for each other. Beyond what is counted there are
 * never more than two, the first of them full: {@link UploadRows} knows their names.
 */
export class PieceWriter {
  private counted: Promise<void> = Promise.resolve();

  private constructor(
    private readonly parts: PieceWriterParts,
    private readonly id: Uuid,
    private readonly writer: number,
    private begins: number,
  ) {}

  /**
   * Keeps what comes from this offset on, and tells where the upload goes on then: nearer than announced where the flow
   * ended early. Throws tus's conflict where another writer got on.
   */
  static async keep(
    parts: PieceWriterParts,
    id: Uuid,
    offset: number,
    flow: AsyncIterable<Uint8Array>,
  ): Promise<number> {
    const cutter = new PieceCutter(flow, PIECE);
    if (!(await cutter.hasMore())) return offset;
    const number = await parts.rows.begin(id, offset);
    if (number === undefined) throw ERRORS.INVALID_OFFSET;
    const writer = new PieceWriter(parts, id, number, offset);
    try {
      while (await cutter.hasMore()) await writer.take(cutter);
    } finally {
      // Also when the flow broke: what was taken in before is kept.
      await writer.counted;
    }
    return writer.begins;
  }

  private async take(cutter: PieceCutter): Promise<void> {
    const { begins, counted: before } = this;
    const key = pieceKey(this.id, begins, this.writer);
    const { bytes, taken } = cutter.piece();
    const put = this.parts.store.put(key, gathered(bytes, WRITE_BYTES));
    const size = await Promise.race([taken, put.then((stored) => stored.size)]);
    this.counted = this.count(put, before, { begins, size, key });
    this.counted.catch(() => undefined);
    this.begins += size;
    await (size === PIECE.bytesMax ? before : this.counted);
  }

  private async count(put: Promise<unknown>, before: Promise<void>, piece: Piece): Promise<void> {
    const { rows, store, onCounted } = this.parts;
    await put;
    try {
      await before;
    } catch (error) {
      await store.remove(piece.key);
      throw error;
    }
    // Where this throws it may be counted all the same, and stays.
    if (!(await rows.add(this.id, this.writer, piece))) {
      await store.remove(piece.key);
      throw ERRORS.INVALID_OFFSET;
    }
    onCounted(piece);
  }
}
