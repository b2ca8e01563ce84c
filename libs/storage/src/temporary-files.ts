import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

const READ_ONLY = 0o444;
/** Of all stores in this process. */
const underWay = new Set<string>();

/**
 * Bodies on their way to their place. What a kill left is swept when the folder is opened; what this process or
 * another that lives is still writing stays. Processes that share a folder must see each other's numbers.
 */
export class TemporaryFiles {
  constructor(readonly folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      if (!isUnderWay(path, name)) rmSync(path, { force: true });
    }
  }

  /** The path of a synced, read-only file with these bytes; the caller takes it away. Nothing stays if `body` throws. */
  async write(body: AsyncIterable<Uint8Array>): Promise<string> {
    const path = join(this.folder, `${process.pid}.${randomBytes(12).toString('hex')}`);
    underWay.add(path);
    try {
      const file = await open(path, 'wx', READ_ONLY);
      try {
        for await (const chunk of body) await file.writeFile(chunk);
        await file.sync();
      } finally {
        await file.close();
      }
      return path;
    } catch (error) {
      await this.remove(path);
      throw error;
    }
  }

  async remove(path: string): Promise<void> {
    await rm(path, { force: true });
    underWay.delete(path);
  }
}

function isUnderWay(path: string, name: string): boolean {
  const pid = /^(\d+)\./.exec(name)?.[1];
  if (pid === undefined) return false;
  // After a restart in a container the number may be ours again.
  if (pid === String(process.pid)) return underWay.has(path);
  try {
    process.kill(parseInt(pid, 10), 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
