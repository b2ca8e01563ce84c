import type { Instant } from '#kernel';

export interface Stored {
  /** Lower-case hex. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

export interface PutOptions {
  /** What the body must be; otherwise nothing is kept. */
  readonly expect?: Stored;
  readonly bytesMax?: number;
  /** Nobody can delete or change the object before this instant, where the store can hold to that. */
  readonly retainUntil?: Instant;
}

export type Body = Uint8Array | AsyncIterable<Uint8Array>;

/** Documents by key. Keys hold `a–z 0–9 . _ / -`, at most 512 characters, no `..`: else `object.key-invalid`. */
export interface ObjectStore {
  /**
   * Durable when it resolves; nothing shows under the key before. The same bytes again are harmless; other bytes
   * throw `object.exists`. A body that is not `expect` throws `object.hash-mismatch`, one over `bytesMax`
   * `object.too-large`; a body that breaks off throws its own error; all leave nothing behind.
   */
  put(key: string, body: Body, options?: PutOptions): Promise<Stored>;
  /** Throws `object.not-found`. */
  get(key: string): Promise<{ readonly size: number; readonly body: AsyncIterable<Uint8Array> }>;
  /** The whole object. Throws `object.not-found`, `object.too-large`. */
  read(key: string, bytesMax?: number): Promise<Uint8Array>;
  head(key: string): Promise<{ readonly size: number } | undefined>;
  /** In key order. */
  list(prefix: string): AsyncIterable<{ readonly key: string; readonly size: number }>;
  /** Throws `object.retained` before its time; what is not there is removed already. */
  remove(key: string): Promise<void>;
  /** Replaces the bytes under a name that was declared mutable, atomically. Else throws `object.immutable`. */
  overwrite(key: string, bytes: Uint8Array): Promise<void>;
  /** Never throws. */
  health(): Promise<{ readonly ok: boolean; readonly detail: string }>;
  readonly guarantees: { readonly worm: boolean; readonly description: string };
}
