export interface OnceWithinOptions {
  readonly ms: number;
  /** Keys that are remembered; one that is forgotten is done once more. */
  readonly max: number;
  /** Real time in milliseconds, from anywhere. */
  readonly now?: () => number;
}

/**
 * Does a thing once within a time, by its key, as long as the process lives. Calls that come while the first is at work
 * may do it too; one that failed is as if it had not been.
 */
export class OnceWithin {
  private readonly done = new Map<string, number>();
  private readonly now: () => number;

  constructor(private readonly options: OnceWithinOptions) {
    this.now = options.now ?? (() => performance.now());
  }

  async run(key: string, work: () => Promise<void>): Promise<void> {
    const at = this.now();
    const before = this.done.get(key);
    if (before !== undefined && at - before < this.options.ms) return;
    await work();
    this.done.delete(key);
    this.done.set(key, at);
    this.forget(at);
  }

  /** The map is in order of time: what is oldest comes first. */
  private forget(now: number): void {
    for (const [key, at] of this.done) {
      if (this.done.size <= this.options.max && now - at < this.options.ms) return;
      this.done.delete(key);
    }
  }
}
