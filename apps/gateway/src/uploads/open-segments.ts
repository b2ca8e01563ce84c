import type { OnApplicationShutdown } from '@nestjs/common';
import type { Uuid } from '#kernel';
import type { Log } from '#service';
import type { OpenSegment } from './open-segment.js';

/** Each holds a file open, or an upload to S3. */
const OPEN_MAX = 64;
const OPEN_MS = 10 * 60_000;

interface Kept {
  readonly segment: OpenSegment;
  readonly timer: NodeJS.Timeout;
}

/**
 * Segments whose sender went away, kept open for the next request: a body that comes in many requests to one process is
 * still written and hashed once. In another process, or after a restart, the next request begins another segment.
 */
export class OpenSegments implements OnApplicationShutdown {
  private readonly kept = new Map<Uuid, Kept>();

  constructor(private readonly log: Log) {}

  /** The segment of this upload that goes on at this offset, for the caller alone. */
  take(id: Uuid, offset: number): OpenSegment | undefined {
    const found = this.kept.get(id);
    if (!found) return undefined;
    this.kept.delete(id);
    clearTimeout(found.timer);
    if (found.segment.end === offset && found.segment.canGrow) return found.segment;
    void this.close(id, found.segment);
    return undefined;
  }

  keep(id: Uuid, segment: OpenSegment): void {
    this.drop(id);
    const timer = setTimeout(() => this.drop(id), OPEN_MS).unref();
    this.kept.set(id, { segment, timer });
    const [oldest] = this.kept.keys();
    if (this.kept.size > OPEN_MAX) this.drop(oldest!);
  }

  /** Nothing is added to the segment of this upload any more. */
  drop(id: Uuid): void {
    const found = this.kept.get(id);
    if (!found) return;
    this.kept.delete(id);
    clearTimeout(found.timer);
    void this.close(id, found.segment);
  }

  async onApplicationShutdown(): Promise<void> {
    const all = [...this.kept];
    this.kept.clear();
    for (const [id, { segment, timer }] of all) {
      clearTimeout(timer);
      await this.close(id, segment);
    }
  }

  private async close(id: Uuid, segment: OpenSegment): Promise<void> {
    try {
      await segment.close();
    } catch (error) {
      this.log.warn(
        { error, uploadId: id },
        'a segment of an upload was not closed; it is settled when it is read',
      );
    }
  }
}
