import { open } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unlinkSync } from 'node:fs';

/** The least that a durable upload can be: the body streamed into one file, synced, answered. Says its port on stdout. */
const path = join(tmpdir(), `sunseal-raw-upload-${process.pid}`);

const server = createServer((request, response) => {
  void (async () => {
    const file = await open(path, 'w');
    for await (const chunk of request) await file.writeFile(chunk as Uint8Array);
    await file.sync();
    await file.close();
    response.writeHead(204).end();
  })();
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
process.once('SIGTERM', () => {
  unlinkSync(path);
  process.exit(0);
});
