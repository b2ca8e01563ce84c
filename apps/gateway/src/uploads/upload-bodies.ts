import { DomainError, isDomainError, type Uuid } from '#kernel';
import { acceptBody, type UploadErrorCode } from '#contracts';
import type { Behalf, Log, Requests } from '#service';
import type { ObjectStore } from '#storage';
import { FollowedBody } from './followed-body.js';
import type { EnvelopeUpload, Piece, UploadOwner } from './upload.js';
import type { UploadRows } from './upload-rows.js';

/** Pieces put together, placed where the vault wants them, and told to the vault. */
export class UploadBodies {
  constructor(
    private readonly rows: UploadRows,
    private readonly store: ObjectStore,
    private readonly requests: Requests,
    private readonly log: Log,
  ) {}

  /** The whole, put together while the pieces come; hand it to {@link UploadBodies.finish} after the last. */
  follow({ key, sha256, size }: EnvelopeUpload): FollowedBody {
    return new FollowedBody(this.store, key, { sha256, size });
  }

  /**
   * Finishes an upload whose bytes are all there. When it resolves the vault has accepted the body; until then the
   * pieces stay, and it may be called again after any failure. Throws `object.hash-mismatch` and forgets the bytes
   * where they are not what was announced; else what store or vault throw.
   */
  async finish(
    upload: EnvelopeUpload,
    owner: UploadOwner,
    behalf: Behalf,
    followed?: FollowedBody,
  ): Promise<void> {
    const { id, sha256, size } = upload;
    await this.place(upload, owner, followed);
    const command = { ...behalf, idempotencyKey: `upload-${id}` };
    await this.requests.ask(acceptBody, { tenderId: owner.tenderId, sha256, size }, command);
    await this.rows.finish(id);
    void this.removePieces(id);
  }

  /** Takes the upload back: nothing can be added, its bytes are gone. */
  async discard(id: Uuid): Promise<void> {
    await this.rows.end(id);
    await this.removePieces(id);
  }

  /** What cannot be removed now is removed when the row goes. */
  private async removePieces(id: Uuid): Promise<void> {
    try {
      for (const key of await this.rows.keys(id)) await this.store.remove(key);
    } catch (error) {
      this.log.warn({ error, uploadId: id }, 'pieces of an upload stay until the next clean-up');
    }
  }

  private async place(upload: EnvelopeUpload, owner: UploadOwner, followed?: FollowedBody): Promise<void> {
    const { id, key, sha256, size } = upload;
    try {
      if (followed) await followed.end();
      else await this.store.put(key, this.joined(await this.rows.pieces(id)), { expect: { sha256, size } });
    } catch (error) {
      // Another process may have finished it, and removed the pieces, while this one was reading them.
      if ((await this.rows.find(id, owner))?.isFinished) return;
      if (isDomainError(error) && error.code === 'object.hash-mismatch') await this.discard(id);
      if (isDomainError(error) && error.code === 'object.not-found') await this.lost(id);
      throw error;
    }
  }

  private async *joined(pieces: readonly Piece[]): AsyncGenerator<Uint8Array> {
    for (const { key, size } of pieces) yield await this.store.read(key, size);
  }

  private async lost(id: Uuid): Promise<never> {
    this.log.error({ uploadId: id }, 'a piece that was durable is gone from the store');
    await this.discard(id);
    throw new DomainError<UploadErrorCode>('upload.expired', 'What was sent is lost; begin anew.');
  }
}
