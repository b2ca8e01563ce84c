export interface PieceLimits {
  readonly bytesMax: number;
  /** A piece is closed with the first bytes that come after so long. */
  readonly ms: number;
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

  async *piece(): AsyncGenerator<Uint8Array> {
    const { bytesMax, ms } = this.limits;
    const until = performance.now() + ms;
    let room = bytesMax;
    while (room > 0 && (await this.hasMore())) {
      const chunk = this.rest!.subarray(0, room);
      this.rest = this.rest!.subarray(chunk.length);
      room -= chunk.length;
      yield chunk;
      if (performance.now() >= until) return;
    }
  }
}
