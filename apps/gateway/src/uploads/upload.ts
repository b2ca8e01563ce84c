import type { Uuid } from '#kernel';

/** One body on its way, as the table knows it. */
export interface EnvelopeUpload {
  readonly id: Uuid;
  readonly sha256: string;
  /** Bytes announced. */
  readonly size: number;
  /** Where the vault wants the whole. */
  readonly key: string;
  /** Bytes that are durable; the next one goes here. */
  readonly received: number;
  /** The number of the writer that may add to it; a new one bars all before it. */
  readonly writer: number;
  readonly isFinished: boolean;
  /** Expired or ended: nothing can be added. */
  readonly isOver: boolean;
  /** Milliseconds since it was made, by the database's clock. */
  readonly ageMs: number;
}

/** Whose uploads are meant: those of one organisation in one tender. */
export interface UploadOwner {
  readonly tenderId: Uuid;
  readonly organisationId: Uuid;
}

/** A run of bytes that one object in the store holds, from one writer or from several in turn. */
export interface Segment {
  readonly begins: number;
  /** Bytes that count; the object may hold more. */
  readonly size: number;
  readonly key: string;
}

const OFFSET_DIGITS = 12;

/** Where a segment lies. With the number of its first writer in it no two writers ever put under the same name. */
export function segmentKey(id: Uuid, begins: number, writer: number): string {
  return `uploads/${id.slice(-2)}/${id}-${String(begins).padStart(OFFSET_DIGITS, '0')}.${writer}`;
}
