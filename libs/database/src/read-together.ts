interface Waiting<K, V> {
  readonly key: K;
  readonly done: (found: V | undefined) => void;
  readonly failed: (error: unknown) => void;
}

/** So many keys at most go into one query. */
const KEYS_MAX = 500;

/**
 * Reads of one kind by key, one query at a time: who asks while one is under way is answered by the next, together with
 * all who asked meanwhile. Every answer was read after it was asked for, so nothing is ever older than with a query of
 * its own; nothing is kept. Use it for rows
 * that a rush of requests reads one by one, outside of transactions, by keys whose form is right: what a query refuses, it
 * refuses for all.
 */
export class ReadTogether<K, V> {
  private waiting: Waiting<K, V>[] = [];
  private isReading = false;

  /** `read` gives what it finds of the keys, each of which is there once. */
  constructor(private readonly read: (keys: readonly K[]) => Promise<ReadonlyMap<K, V>>) {}

  /** Nothing where there is no such row. Throws what the query throws. */
  of(key: K): Promise<V | undefined> {
    return new Promise((done, failed) => {
      this.waiting.push({ key, done, failed });
      void this.readAll();
    });
  }

  private async readAll(): Promise<void> {
    if (this.isReading) return;
    this.isReading = true;
    while (this.waiting.length > 0) await this.readSome(this.waiting.splice(0, KEYS_MAX));
    this.isReading = false;
  }

  private async readSome(asked: readonly Waiting<K, V>[]): Promise<void> {
    try {
      const found = await this.read([...new Set(asked.map(({ key }) => key))]);
      for (const { key, done } of asked) done(found.get(key));
    } catch (error) {
      for (const { failed } of asked) failed(error);
    }
  }
}
