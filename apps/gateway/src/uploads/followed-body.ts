import type { ObjectStore, Stored } from '#storage';
import type { Piece } from './upload.js';

/**
 * A whole that is put together while its pieces still come: when the last is there, little is left to do. If they end
 * early it leaves nothing, and is made from the pieces later.
 */
export class FollowedBody {
  private readonly pieces: Piece[] = [];
  private isEnded = false;
  private wake = (): void => undefined;
  private readonly placed: Promise<unknown>;

  constructor(
    private readonly store: ObjectStore,
    key: string,
    expect: Stored,
  ) {
    this.placed = store.put(key, this.bytes(), { expect });
    this.placed.catch(() => undefined);
  }

  add(piece: Piece): void {
    this.pieces.push(piece);
    this.wake();
  }

  /** After the last piece. Throws what {@link ObjectStore.put} throws: `object.hash-mismatch` where pieces are missing. */
  async end(): Promise<void> {
    this.isEnded = true;
    this.wake();
    await this.placed;
  }

  private async *bytes(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const piece = this.pieces.shift();
      if (piece) yield await this.store.read(piece.key, piece.size);
      else if (this.isEnded) return;
      else await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }
}
