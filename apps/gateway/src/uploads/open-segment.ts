import { ERRORS } from '@tus/server';
import type { GrowingObject, ObjectStore, Stored } from '#storage';
import type { Segment } from './upload.js';

/** A segment to which this process can still add, and what of it counts. */
export class OpenSegment {
  /** Bytes that count. */
  private size = 0;
  /** Whether bytes may count without our knowing. */
  private isUnsure = false;

  private constructor(
    private readonly store: ObjectStore,
    private readonly growing: GrowingObject,
    readonly key: string,
    readonly begins: number,
  ) {}

  static async begin(store: ObjectStore, key: string, begins: number): Promise<OpenSegment> {
    return new OpenSegment(store, await store.grow(key), key, begins);
  }

  /** Where the next byte goes. */
  get end(): number {
    return this.begins + this.size;
  }

  get canGrow(): boolean {
    return this.growing.canGrow;
  }

  write(chunks: readonly Uint8Array[]): Promise<void> {
    return this.growing.write(chunks);
  }

  /** Syncs what was written, then has it counted. Throws tus's conflict where another writer has taken over. */
  async count(add: (segment: Segment) => Promise<boolean>, bytes: number): Promise<void> {
    await this.growing.sync();
    const { begins, size, key } = this;
    this.isUnsure = true;
    const isCounted = await add({ begins, size, key });
    this.isUnsure = false;
    if (!isCounted) throw ERRORS.INVALID_OFFSET;
    this.size += bytes;
  }

  /** The whole body, when this segment holds all of it. Throws as {@link GrowingObject.place}. */
  place(to: string, expect: Stored): Promise<Stored> {
    return this.growing.place(to, expect);
  }

  close(): Promise<void> {
    return this.growing.close();
  }

  /** After a failure: nothing is added to it any more, and what counts stays. What cannot be done now is swept later. */
  async abandon(): Promise<void> {
    await this.close().catch(() => undefined);
    if (this.size === 0 && !this.isUnsure) await this.store.remove(this.key).catch(() => undefined);
  }
}
