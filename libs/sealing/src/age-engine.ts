/** SHA-256 of bytes that come one chunk after the other. */
export interface RunningHash {
  update(bytes: Uint8Array): void;
  /** 32 bytes; to be called once, at the end. */
  digest(): Uint8Array;
}

export type StartHash = () => RunningHash;

/**
 * What seals and opens age v1 files (c2sp.org/age) as streams. Two engines give and take the same files: one runs
 * anywhere ({@link typageEngine}), one is fast in Node (`#sealing/node`). Neither holds more than a few chunks.
 */
export interface AgeEngine {
  /** The age file of the content for X25519 recipients `age1…`. What the content throws comes out unchanged. */
  encrypt(content: AsyncIterable<Uint8Array>, recipients: readonly string[]): AsyncIterable<Uint8Array>;
  /**
   * The content of an age file. Every chunk given out is authentic, but whether the file is whole is known only when
   * the iteration ends without an error. What the file's source throws comes out unchanged.
   */
  decrypt(file: AsyncIterable<Uint8Array>, identity: string): AsyncIterable<Uint8Array>;
  readonly sha256: StartHash;
}
