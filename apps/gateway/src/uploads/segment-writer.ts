import { ERRORS } from '@tus/server';
import type { Uuid } from '#kernel';
import { LIMITS } from '#contracts';
import type { ObjectStore } from '#storage';
import type { OpenSegments } from './open-segments.js';
import { OpenSegment } from './open-segment.js';
import { segmentKey } from './upload.js';
import type { UploadRows } from './upload-rows.js';

const PIECE_MS = LIMITS.uploadPieceSecondsMax * 1_000;
/** Each write to a disk costs a way to another thread and back. */
const WRITE_BYTES = 1024 * 1024;

export interface SegmentWriterParts {
  readonly rows: UploadRows;
  readonly store: ObjectStore;
  readonly segments: OpenSegments;
}

export interface Kept {
  /** Where the upload goes on. */
  readonly offset: number;
  /** What the last bytes lie in, where it took any. */
  readonly segment: OpenSegment | undefined;
}

/**
 * One writer of one upload. Bytes are added to one segment; piece by piece they are synced and then counted, while the
 * next piece is already taken in, so that disk and line do not wait for each other. Beyond what is counted there is
 * never more than one segment: {@link UploadRows} knows its name.
 */
export class SegmentWriter {
  private batch: Uint8Array[] = [];
  private batchBytes = 0;
  private pieceBytes = 0;
  private pieceUntil = 0;
  /** The batch that the store is taking while the next one comes. */
  private written: Promise<void> = Promise.resolve();
  private counted: Promise<void> = Promise.resolve();
  private segment: OpenSegment | undefined;

  private constructor(
    private readonly parts: SegmentWriterParts,
    private readonly id: Uuid,
    private readonly writer: number,
    private offset: number,
  ) {}

  /**
   * Keeps what comes from this offset on. Throws tus's conflict where another writer got on, and what the store throws;
   * what was counted before stays.
   */
  static async keep(
    parts: SegmentWriterParts,
    id: Uuid,
    offset: number,
    flow: AsyncIterable<Uint8Array>,
  ): Promise<Kept> {
    const chunks = flow[Symbol.asyncIterator]();
    const first = await chunks.next();
    if (first.done) return { offset, segment: undefined };
    const number = await parts.rows.begin(id, offset);
    if (number === undefined) throw ERRORS.INVALID_OFFSET;
    const writer = new SegmentWriter(parts, id, number, offset);
    writer.segment = parts.segments.take(id, offset);
    try {
      await writer.takeAll(first.value, chunks);
    } catch (error) {
      await Promise.allSettled([writer.written, writer.counted]);
      await writer.segment?.abandon();
      throw error;
    }
    return { offset: writer.offset, segment: writer.segment };
  }

  /** Throws what the flow throws only when everything that came before is kept. */
  private async takeAll(first: Uint8Array, chunks: AsyncIterator<Uint8Array>): Promise<void> {
    let broken: { readonly error: unknown } | undefined;
    const next = async (): Promise<Uint8Array | undefined> => {
      try {
        const { done, value } = await chunks.next();
        return done ? undefined : value;
      } catch (error) {
        broken = { error };
        return undefined;
      }
    };
    for (let chunk: Uint8Array | undefined = first; chunk; chunk = await next()) await this.take(chunk);
    await this.cut();
    await this.counted;
    if (broken) throw broken.error;
  }

  private async take(chunk: Uint8Array): Promise<void> {
    if (this.pieceBytes === 0) this.pieceUntil = performance.now() + PIECE_MS;
    this.batch.push(chunk);
    this.batchBytes += chunk.length;
    this.pieceBytes += chunk.length;
    if (this.pieceBytes >= LIMITS.uploadPieceBytesMax || performance.now() > this.pieceUntil)
      await this.cut();
    else if (this.batchBytes >= WRITE_BYTES) await this.write();
  }

  private async write(): Promise<void> {
    await this.written;
    if (this.segment?.canGrow === false) {
      await this.counted;
      await this.segment.close();
      this.segment = undefined;
    }
    this.segment ??= await OpenSegment.begin(
      this.parts.store,
      segmentKey(this.id, this.offset, this.writer),
      this.offset,
    );
    this.written = this.segment.write(this.batch);
    this.written.catch(() => undefined);
    this.batch = [];
    this.batchBytes = 0;
  }

  /** Ends a piece: its sync begins when the piece before is counted, and is not waited for. */
  private async cut(): Promise<void> {
    const bytes = this.pieceBytes;
    if (bytes === 0) return;
    if (this.batchBytes > 0) await this.write();
    await this.written;
    await this.counted;
    const segment = this.segment!;
    this.pieceBytes = 0;
    this.offset += bytes;
    this.counted = segment.count((counts) => this.parts.rows.add(this.id, this.writer, counts, bytes), bytes);
    this.counted.catch(() => undefined);
  }
}
