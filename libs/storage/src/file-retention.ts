import { open, readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type Instant, instantFromMs, instantToMs } from '#kernel';
import { type DurableFolders, syncFolder } from './durable-folder.js';
import { isMissing } from './file-errors.js';
import { isOver, retentionEnd } from './retention-end.js';

/** No key holds this sign, so an end is never taken for a part of a name. */
const END = /^@(\d{1,15})$/;

/**
 * Until when each file is kept: empty files `<key>/@<milliseconds>` beside the objects, of which the latest counts, so
 * that two who extend at once cannot shorten. It holds whoever asks this store; it does not hold whoever may write the
 * folder.
 */
export class FileRetention {
  /** For each name the last of the acts that wait for each other. Other processes are not waited for. */
  private readonly turns = new Map<string, Promise<unknown>>();

  constructor(
    private readonly root: string,
    private readonly folders: DurableFolders,
  ) {}

  /** Durable when it resolves. An end that has passed is not written. */
  async extend(key: string, until: Instant): Promise<void> {
    const end = retentionEnd(until);
    if (isOver(end)) return;
    const set = await this.until(key);
    if (set !== undefined && set >= end) return;
    const folder = join(this.root, key);
    await this.folders.make(folder);
    const file = await open(join(folder, `@${instantToMs(end)}`), 'a', 0o444);
    await file.sync();
    await file.close();
    await syncFolder(folder);
  }

  async until(key: string): Promise<Instant | undefined> {
    const ends = (await this.ends(key)).map((name) => parseInt(name.slice(1), 10));
    return ends.length === 0 ? undefined : instantFromMs(Math.max(...ends));
  }

  /** After the object has gone. */
  async forget(key: string): Promise<void> {
    for (const name of await this.ends(key)) await unlink(join(this.root, key, name));
  }

  /** One after the other for each name: what looks at an end and what sets one. */
  async inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.turns.get(key);
    const turn = (async () => {
      await before?.catch(() => undefined);
      return work();
    })();
    this.turns.set(key, turn);
    try {
      return await turn;
    } finally {
      if (this.turns.get(key) === turn) this.turns.delete(key);
    }
  }

  private async ends(key: string): Promise<string[]> {
    try {
      return (await readdir(join(this.root, key))).filter((name) => END.test(name));
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }
}
