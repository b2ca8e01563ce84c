import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { sendEnvelope } from '../../apps/cli/src/client/send-envelope.js';
import { commitTo } from '../support/commit-to.js';
import { openTender } from '../support/open-tender.js';
import { startTestPlatform } from '../support/platform.js';
import { measure } from './measure.js';

const MIB = 1024 * 1024;
const SIZE = 128 * MIB;
const BODIES = 8;

/** An envelope through the gateway until the vault has accepted it beside the same bytes into one synced file. */
export async function uploadBench(): Promise<void> {
  const platform = await startTestPlatform({ clockFactor: 1 });
  const server = spawn(process.execPath, [fileURLToPath(new URL('./raw-upload-server.js', import.meta.url))]);
  try {
    const [said] = (await once(server.stdout, 'data')) as [Buffer];
    const { tenderId, seats } = await openTender(platform, 60_000);
    const { api } = seats[0]!.bidder;
    const bytes = randomBytes(SIZE);
    const bodies: string[] = [];
    for (let number = 0; number < BODIES; number++) {
      bytes.writeUInt32BE(number);
      bodies.push(createHash('sha256').update(bytes).digest('hex'));
      await commitTo(seats[0]!.bidder, tenderId, bytes);
    }
    let sent = 0;
    await measure({
      name: 'upload an envelope of 128 MiB',
      ours: async () => {
        bytes.writeUInt32BE(sent);
        await sendEnvelope({ api, tenderId, sha256: bodies[sent]!, size: SIZE, bytes });
        sent += 1;
      },
      limitName: 'a raw upload into one synced file',
      limit: () => sendRaw(parseInt(said.toString(), 10), bytes),
      count: SIZE / MIB,
      unit: 'MiB',
    });
  } finally {
    server.kill('SIGTERM');
    await platform.close();
  }
}

async function sendRaw(port: number, bytes: Uint8Array): Promise<void> {
  const sending = request({
    port,
    host: '127.0.0.1',
    method: 'PUT',
    headers: { 'content-length': bytes.length },
  });
  sending.end(bytes);
  const [response] = (await once(sending, 'response')) as [NodeJS.ReadableStream];
  response.resume();
  await once(response, 'end');
}
