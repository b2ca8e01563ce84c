import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { refuseFolder } from './witness-refusals.js';

/**
 * Holds the folder for this process until it ends. Refuses with `witness.folder-in-use` while another one holds it.
 *
 * Under Linux the lock is an abstract socket named after the folder: the kernel gives it to one process alone and takes
 * it back however that ends. Elsewhere it is a file, which somebody removes by hand after a crash: better no witness
 * than two with one memory. It does not reach across machines.
 */
export async function lockFolder(folder: string): Promise<() => void> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = realpathSync(folder);
  return process.platform === 'linux' ? lockByName(path) : lockByFile(path);
}

async function lockByName(path: string): Promise<() => void> {
  const name = createHash('sha256').update(path).digest('hex');
  const holder = createServer((socket) => socket.destroy());
  await new Promise<void>((held, failed) => {
    holder.once('error', (error: NodeJS.ErrnoException) =>
      failed(error.code === 'EADDRINUSE' ? refuseFolder(path) : error),
    );
    holder.listen(`\0sunseal-witness-${name}`, held);
  });
  holder.unref();
  return () => void holder.close();
}

function lockByFile(path: string): () => void {
  const file = join(path, 'lock');
  try {
    writeFileSync(file, `${process.pid}\n`, { flag: 'wx' });
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'EEXIST' ? refuseFolder(path) : error;
  }
  return () => rmSync(file, { force: true });
}
