export interface PieceLimits {
  readonly bytesMax: number;
  /** A piece is closed with the first bytes that come after so long. */
  readonly ms: number;
}

export interface CutPiece {
  /** Ends where the piece ends. */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** How many they were, once they were taken; the next piece may be begun then. */
  readonly taken: Promise<number>;
}

/**
 * Cuts a flow of bytes into pieces as it comes, holding no more than one chunk. Ask {@link PieceCutter.hasMore}, then
 * take a piece to its end, again and again.
 */
export class PieceCutter {
  private readonly chunks: AsyncIterator<Uint8Array>;
  private rest: Uint8Array | undefined;

  constructor(
    flow: AsyncIterable<Uint8Array>,
    private readonly limits: PieceLimits,
  ) {
    this.chunks = flow[Symbol.asyncIterator]();
  }

  /** Waits for the next byte; false at the end of the flow. Throws what the flow throws. */
  async hasMore(): Promise<boolean> {
    while (this.rest === undefined || this.rest.length === 0) {
      const next = await this.chunks.next();
      if (next.done) return false;
      this.rest = next.value;
    }
    return true;
  }

  piece(): CutPiece {
    let tell: (bytes: number) => void;
    const taken = new Promise<number>((resolve) => (tell = resolve));
    return { bytes: this.cut((bytes) => tell(bytes)), taken };
  }

  private async *cut(tell: (bytes: number) => void): AsyncGenerator<Uint8Array> {
    const { bytesMax, ms } = this.limits;
    const until = performance.now() + ms;
    let bytes = 0;
    try {
      while (bytes < bytesMax && performance.now() < until && (await this.hasMore())) {
        const chunk = this.rest!.subarray(0, bytesMax - bytes);
        this.rest = this.rest!.subarray(chunk.length);
        bytes += chunk.length;
        yield chunk;
      }
    } finally {
      tell(bytes);
    }
  }
}

/** The same bytes in larger chunks: each write to a disk costs a way to another thread and back. */
export async function* gathered(
  flow: AsyncIterable<Uint8Array>,
  chunkBytes: number,
): AsyncGenerator<Uint8Array> {
  let chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of flow) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes < chunkBytes) continue;
    yield Buffer.concat(chunks, bytes);
    [chunks, bytes] = [[], 0];
  }
  if (bytes > 0) yield Buffer.concat(chunks, bytes);
}
