import type { Instant } from '#kernel';
import type { StoreReport } from './store-report.js';

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
  /**
   * Nobody can delete or change the object before this instant, where the store can hold to that. An object that is
   * there already is retained until then at least. One end in the past holds nothing and is no error.
   */
  readonly retainUntil?: Instant;
}

export interface CopyOptions {
  /** What stands under `from`: the caller has hashed it. */
  readonly expect: Stored;
  readonly retainUntil?: Instant;
}

export interface GetOptions {
  /** The first byte that is wanted, from 0 to the size. */
  readonly from?: number;
}

export interface FoundObject {
  /** Of the whole object, in bytes, also where only a part is read. */
  readonly size: number;
  /**
   * All bytes from `from` to the end, or it throws `storage.unavailable`: a cut is never taken for an end. Read it or
   * leave it; it may be read once.
   */
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * Bytes that become an object bit by bit, from one writer, each written and hashed once. What was synced outlives a
 * kill. Where a method throws nothing can be added any more. One call at a time, except that `write` may go on while
 * `sync` is under way.
 */
export interface GrowingObject {
  /** Bytes taken so far. */
  readonly size: number;
  /** Whether more can be added; where not, what follows needs another. */
  readonly canGrow: boolean;
  /** Takes bytes at the end; they may be changed when it resolves. */
  write(chunks: readonly Uint8Array[]): Promise<void>;
  /** What was taken before this call is durable when it resolves. */
  sync(): Promise<void>;
  /**
   * The whole under `to` as after `put`, if it is `expect`, without another copy of the bytes where the store can do
   * that. Throws `object.hash-mismatch`, `object.exists`. The name under which it grew is removed by the caller.
   */
  place(to: string, expect: Stored): Promise<Stored>;
  /** Nothing is added any more. What is durable can be read under the name under which it grew, until it is removed. */
  close(): Promise<void>;
}

/**
 * Documents by key. Keys hold `a–z 0–9 . _ / -`, at most 512 characters, no `..`: else `object.key-invalid`. Every
 * method may throw `storage.unavailable` (store down, slow, full, cut off): nothing was acknowledged, try again.
 */
export interface ObjectStore {
  /**
   * Durable and retained when it resolves; nothing shows under the key before. The same bytes again are harmless;
   * other bytes throw `object.exists`. A body that is not `expect` throws `object.hash-mismatch`, one over `bytesMax`
   * `object.too-large`; a body that breaks off throws its own error; all leave nothing behind. Retaining a name that
   * was declared mutable throws `object.mutable`.
   */
  put(key: string, body: Body, options?: PutOptions): Promise<Stored>;
  /**
   * The object under `from` once more under `to`, as durable as after `put`, and no byte of it passes through this
   * process. Size and recorded hash are compared with `expect`, else `object.hash-mismatch`; the bytes are not hashed
   * again. What stands under `to` already must be the same, else `object.exists`; then `from` may have gone. Throws
   * `object.not-found`, `object.mutable`.
   */
  copy(from: string, to: string, options: CopyOptions): Promise<Stored>;
  /** Begins an object that grows. Of two with one name one throws `object.exists`, or their bytes stay apart. */
  grow(key: string): Promise<GrowingObject>;
  /**
   * After a writer that was killed: what it synced, and perhaps more, can be read under the name under which it grew.
   * A writer that is alive all the same changes no byte of that. Where nothing was synced there is nothing then.
   */
  settle(key: string): Promise<void>;
  /** Throws `object.not-found`, and `object.range-invalid` where the object ends before `from`. */
  get(key: string, options?: GetOptions): Promise<FoundObject>;
  /** The whole object. Throws `object.not-found`, `object.too-large`. */
  read(key: string, bytesMax?: number): Promise<Uint8Array>;
  head(key: string): Promise<{ readonly size: number } | undefined>;
  /** In key order. */
  list(prefix: string): AsyncIterable<{ readonly key: string; readonly size: number }>;
  /** Throws `object.retained` before its time; what is not there is removed already. */
  remove(key: string): Promise<void>;
  /** Replaces the bytes under a name that was declared mutable, atomically. Else throws `object.immutable`. */
  overwrite(key: string, bytes: Uint8Array): Promise<void>;
  /**
   * Retains what is stored until then at least, to the second, rounded up; an end that was set before is never
   * brought forward. Throws `object.not-found`, `object.mutable`.
   */
  extendRetention(key: string, until: Instant): Promise<void>;
  /** The end that is set, also when it has passed; undefined where none is. Throws `object.not-found`. */
  retainedUntil(key: string): Promise<Instant | undefined>;
  /** Tries on the store itself what it promises. Never throws: what cannot be tried cannot be told. */
  probe(): Promise<StoreReport>;
  /** Never throws. */
  health(): Promise<{ readonly ok: boolean; readonly detail: string }>;
  readonly guarantees: { readonly worm: boolean; readonly description: string };
}

export type Body = Uint8Array | AsyncIterable<Uint8Array>;
