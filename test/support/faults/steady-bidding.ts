import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Seat } from '../../../apps/cli/src/demo/acts/preparation.js';
import type { TestPlatform } from '../platform.js';
import type { Oracle } from './oracle.js';

/** Versions of one bidder follow each other at least so slowly: fifty are all there may be. */
const PACE_MS = 700;
const VERSIONS_MAX = 50;

/** Every bidder makes version after version, with bodies, until it is told to stop; the last is finished. */
export class SteadyBidding {
  /** When each bid was complete. */
  readonly completedAt: number[] = [];
  private readonly over = new AbortController();
  private readonly running: Promise<unknown>;

  constructor(
    private readonly seats: readonly Seat[],
    private readonly oracle: Oracle,
    private readonly clientTime: string,
  ) {
    this.running = Promise.all(seats.map((seat) => this.run(seat)));
    this.running.catch(() => undefined);
  }

  async stop(): Promise<void> {
    this.over.abort();
    await this.running;
  }

  /** Resolves with the next bid that is complete. */
  async next(): Promise<void> {
    const before = this.completedAt.length;
    await Promise.race([this.running, this.grown(before)]);
  }

  private async grown(before: number): Promise<void> {
    while (this.completedAt.length === before) await sleep(10);
  }

  private async run({ bidder }: Seat): Promise<void> {
    const descriptor = await bidder.descriptor();
    for (let version = 1; version <= VERSIONS_MAX && !this.over.signal.aborted; version++) {
      const pause = sleep(PACE_MS);
      const part = { name: 'offer.txt', mediaType: 'text/plain', bytes: Buffer.from(`offer ${version}`) };
      const bid = await bidder.seal(descriptor, { technical: [part], commercial: [part] }, this.clientTime);
      this.oracle.sends(bid.manifests);
      this.oracle.acknowledges(bid.manifests, await bidder.commit(bid));
      await bidder.sendBodies(bid);
      this.completedAt.push(performance.now());
      await pause;
    }
  }
}

/** Names of bodies that are kept, each once; throws where the bytes under a name are not what it says. */
export function keptBodies(platform: TestPlatform): string[] {
  const folder = join(platform.dataDir, 'objects', 'envelopes');
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => {
      const digest = createHash('sha256')
        .update(readFileSync(join(parentPath, name)))
        .digest('hex');
      if (!digest.endsWith(name) && !name.endsWith(digest)) throw new Error(`${name} holds other bytes`);
      return digest;
    });
}
