import { DomainError, isDomainError, type Uuid } from '#kernel';
import { acceptBody, type UploadErrorCode } from '#contracts';
import type { Behalf, Log, Requests } from '#service';
import type { ObjectStore, Stored } from '#storage';
import type { OpenSegment } from './open-segment.js';
import type { OpenSegments } from './open-segments.js';
import type { EnvelopeUpload, Segment, UploadOwner } from './upload.js';
import type { UploadRows } from './upload-rows.js';

export interface UploadBodiesParts {
  readonly rows: UploadRows;
  readonly store: ObjectStore;
  readonly segments: OpenSegments;
  readonly requests: Requests;
  readonly log: Log;
}

/** Whole bodies, placed where the vault wants them, and told to the vault. */
export class UploadBodies {
  constructor(private readonly parts: UploadBodiesParts) {}

  /**
   * Finishes an upload whose bytes are all there; `segment` is what the last of them were added to. When it resolves
   * the vault has accepted the body; until then the segments stay, and it may be called again after any failure.
   * Throws `object.hash-mismatch` and forgets the bytes where they are not what was announced; else what store or vault
   * throw.
   */
  async finish(
    upload: EnvelopeUpload,
    owner: UploadOwner,
    behalf: Behalf,
    segment?: OpenSegment,
  ): Promise<void> {
    const { id, sha256, size } = upload;
    const { rows, requests } = this.parts;
    const command = { ...behalf, idempotencyKey: `upload-${id}` };
    const tell = () => requests.ask(acceptBody, { tenderId: owner.tenderId, sha256, size }, command);
    await this.place(upload, owner, segment);
    await tell().catch(async (error: unknown) => {
      if (!isDomainError(error) || error.code !== 'bid.body-missing') throw error;
      // It lay there from an earlier upload, and was removed in between.
      await this.place(upload, owner);
      return tell();
    });
    await rows.finish(id);
    void this.removeSegments(id);
  }

  /** Takes the upload back: nothing can be added, its bytes are gone. */
  async discard(id: Uuid): Promise<void> {
    await this.parts.rows.end(id);
    this.parts.segments.drop(id);
    await this.removeSegments(id);
  }

  /** What cannot be removed now is removed when the row goes. */
  private async removeSegments(id: Uuid): Promise<void> {
    const { rows, store, log } = this.parts;
    try {
      for (const key of await rows.keys(id)) await store.remove(key);
    } catch (error) {
      log.warn({ error, uploadId: id }, 'segments of an upload stay until the next clean-up');
    }
  }

  private async place(upload: EnvelopeUpload, owner: UploadOwner, segment?: OpenSegment): Promise<void> {
    const { id, key, sha256, size } = upload;
    try {
      if (segment && segment.begins === 0 && segment.end === size) await segment.place(key, { sha256, size });
      else await this.join(id, key, { sha256, size });
    } catch (error) {
      // Another process may have finished it, and removed the segments, while this one was reading them.
      if ((await this.parts.rows.find(id, owner))?.isFinished) return;
      if (isDomainError(error) && error.code === 'object.hash-mismatch') await this.discard(id);
      if (isDomainError(error) && error.code === 'object.not-found') await this.lost(id);
      throw error;
    }
  }

  /** After a restart, or where several processes took it: once more through this one, hashed on its way. */
  private async join(id: Uuid, key: string, expect: Stored): Promise<void> {
    const { rows, store } = this.parts;
    // Under a key that a hash names, only what had this hash was ever put.
    if ((await store.head(key))?.size === expect.size) return;
    const segments = await rows.segments(id);
    for (const segment of segments) await store.settle(segment.key);
    await store.put(key, this.joined(segments), { expect });
  }

  private async *joined(segments: readonly Segment[]): AsyncGenerator<Uint8Array> {
    for (const { key, size } of segments) {
      let left = size;
      for await (const chunk of (await this.parts.store.get(key)).body) {
        yield chunk.subarray(0, left);
        left -= chunk.length;
        if (left <= 0) break;
      }
    }
  }

  private async lost(id: Uuid): Promise<never> {
    this.parts.log.error({ uploadId: id }, 'bytes that were durable are gone from the store');
    await this.discard(id);
    throw new DomainError<UploadErrorCode>('upload.expired', 'What was sent is lost; begin anew.');
  }
}
