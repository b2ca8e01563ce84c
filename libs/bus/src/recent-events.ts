import { DUPLICATE_WINDOW_MS } from './message.js';

interface Publication {
  readonly at: number;
  readonly handledBy: Set<string>;
  /** Absent after a failure: the id may be tried again. */
  result?: Promise<void> | undefined;
}

/** The ids that were published within the duplicate window, as a broker remembers them. */
export class RecentEvents {
  private readonly byId = new Map<string, Publication>();

  /**
   * Runs `publish` unless the id was published within the window; then gives the result of that time. After
   * a failure the next call runs again, with the set of consumers that had handled the event already.
   */
  once(id: string, publish: (handledBy: Set<string>) => Promise<void>): Promise<void> {
    this.forgetOld();
    const known = this.byId.get(id) ?? { at: performance.now(), handledBy: new Set<string>() };
    this.byId.set(id, known);
    known.result ??= publish(known.handledBy).catch((error: unknown) => {
      known.result = undefined;
      throw error;
    });
    return known.result;
  }

  /** Insertion order is time order, so looking at the oldest is enough. */
  private forgetOld(): void {
    const limit = performance.now() - DUPLICATE_WINDOW_MS;
    for (const [id, { at }] of this.byId) {
      if (at > limit) return;
      this.byId.delete(id);
    }
  }
}
