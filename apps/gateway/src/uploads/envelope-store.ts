import { DataStore, ERRORS, Upload } from '@tus/server';
import { DomainError } from '#kernel';
import { authoriseUpload, LIMITS, sha256Hex, type UploadErrorCode, uuid } from '#contracts';
import type { Behalf, Requests } from '#service';
import type { ObjectStore } from '#storage';
import type { OpenSegment } from './open-segment.js';
import type { OpenSegments } from './open-segments.js';
import { SegmentWriter } from './segment-writer.js';
import type { EnvelopeUpload, UploadOwner } from './upload.js';
import type { UploadBodies } from './upload-bodies.js';
import type { UploadRows } from './upload-rows.js';

export interface EnvelopeStoreParts {
  readonly rows: UploadRows;
  readonly bodies: UploadBodies;
  readonly store: ObjectStore;
  readonly segments: OpenSegments;
  readonly requests: Requests;
}

/**
 * What @tus/server keeps uploads in, for one bidder in one tender: rows in Postgres, bytes in the object store.
 * An offset that it tells is durable. An upload that shows complete has been accepted by the vault: looking at one
 * whose bytes are all there, but which is not finished, finishes it.
 */
export class EnvelopeStore extends DataStore {
  static readonly EXTENSIONS: readonly string[] = ['creation', 'termination', 'expiration'];
  override extensions = [...EnvelopeStore.EXTENSIONS];
  /** Where the upload that {@link EnvelopeStore.create} found goes on. */
  createdOffset = 0;

  constructor(
    private readonly parts: EnvelopeStoreParts,
    private readonly owner: UploadOwner,
    private readonly behalf: Behalf,
  ) {
    super();
  }

  /** Begins an upload, or finds the same body under way: `upload.offset` is where it goes on. */
  override async create(upload: Upload): Promise<Upload> {
    const { sha256, size } = announced(upload);
    const { tenderId } = this.owner;
    const { rows, requests } = this.parts;
    const { key, isStored } = await requests.ask(authoriseUpload, { tenderId, sha256, size }, this.behalf);
    const made = await rows.create({ ...this.owner, sha256, size, key, isStored });
    this.createdOffset = made.received;
    return Object.assign(upload, toTus(made));
  }

  override async getUpload(id: string): Promise<Upload> {
    const upload = await this.find(id);
    if (!upload.isFinished && upload.received === upload.size) await this.finish(upload);
    return toTus(upload);
  }

  /**
   * Keeps what comes from this offset on, piece by piece; each is durable before its row. Returns where the upload
   * goes on: less than was announced where the flow ended early. Throws `upload.offset-wrong` where another writer took
   * over, and what {@link UploadBodies.finish} throws with the last byte.
   */
  override async write(flow: AsyncIterable<Uint8Array>, id: string, offset: number): Promise<number> {
    const upload = await this.find(id);
    const { offset: received, segment } = await SegmentWriter.keep(this.parts, id, offset, flow);
    if (received < upload.size) await this.setAside(id, segment);
    else if (!upload.isFinished) await this.finish(upload, segment);
    return received;
  }

  override async remove(id: string): Promise<void> {
    const { isFinished } = await this.find(id);
    if (isFinished) {
      throw new DomainError<UploadErrorCode>('upload.finished', 'The body is accepted and stays.');
    }
    await this.parts.bodies.discard(id);
  }

  override getExpiration(): number {
    return LIMITS.uploadHoursMax * 3_600_000;
  }

  /** The next request goes on in it, where it can. */
  private async setAside(id: string, segment: OpenSegment | undefined): Promise<void> {
    if (segment?.canGrow) this.parts.segments.keep(id, segment);
    else await segment?.close();
  }

  private finish(upload: EnvelopeUpload, segment?: OpenSegment): Promise<void> {
    return this.parts.bodies.finish(upload, this.owner, this.behalf, segment);
  }

  private async find(id: string): Promise<EnvelopeUpload> {
    const upload = uuid.safeParse(id).success ? await this.parts.rows.find(id, this.owner) : undefined;
    if (!upload) throw ERRORS.FILE_NOT_FOUND;
    if (upload.isOver) throw ERRORS.FILE_NO_LONGER_EXISTS;
    return upload;
  }
}

function announced({ metadata, size }: Upload): { readonly sha256: string; readonly size: number } {
  const { sha256 } = metadata ?? {};
  if (!sha256Hex.safeParse(sha256).success || !size) {
    throw new DomainError(
      'request.malformed',
      'Announce an Upload-Length of at least one byte, and in Upload-Metadata the sha256 in lower-case hex.',
    );
  }
  return { sha256: sha256!, size };
}

/** The age is the database's; it is told by this process's clock, so that the two need not agree. */
function toTus({ id, sha256, size, received, ageMs }: EnvelopeUpload): Upload {
  const creation_date = new Date(Date.now() - ageMs).toISOString();
  return new Upload({ id, size, offset: received, metadata: { sha256 }, creation_date });
}
