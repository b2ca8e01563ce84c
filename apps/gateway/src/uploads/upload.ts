import type { Uuid } from '#kernel';
import { LIMITS } from '#contracts';

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

export interface Piece {
  readonly begins: number;
  readonly size: number;
  readonly key: string;
}

const OFFSET_DIGITS = 12;

/** Where a piece lies. With the writer's number in it no two writers ever put under the same name. */
export function pieceKey(id: Uuid, begins: number, writer: number): string {
  return `uploads/${id.slice(-2)}/${id}-${String(begins).padStart(OFFSET_DIGITS, '0')}.${writer}`;
}

/** What a writer that was killed may have left in the store uncounted: a piece, and one after a full piece. */
export const uncountedKeys = (id: Uuid, received: number, writer: number): string[] => [
  pieceKey(id, received, writer),
  pieceKey(id, received + LIMITS.uploadPieceBytesMax, writer),
];
