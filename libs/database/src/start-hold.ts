import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Runs `work` while no other process of this machine does so for the same folder. On Linux the hold is a name in the
 * abstract socket namespace: the kernel lets it go when its process ends in whatever way, so that none is ever stale.
 * Elsewhere there is no such name, and starts of one folder must not overlap. Throws after `withinMs` of waiting.
 */
export async function whileHolding<T>(folder: string, withinMs: number, work: () => Promise<T>): Promise<T> {
  if (process.platform !== 'linux') return work();
  const id = createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 32);
  const until = performance.now() + withinMs;
  let hold = await take(`\0sunseal-start-${id}`);
  while (!hold) {
    if (performance.now() > until) throw new Error(`another process holds the start of ${folder}`);
    await sleep(25);
    hold = await take(`\0sunseal-start-${id}`);
  }
  try {
    return await work();
  } finally {
    hold.close();
  }
}

function take(name: string): Promise<Server | undefined> {
  return new Promise((done, failed) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? done(undefined) : failed(error),
    );
    server.listen(name, () => done(server));
  });
}
