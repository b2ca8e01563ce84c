import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type BodyLimits, dropRest, patientBody } from './patient-body.js';

const LIMITS: BodyLimits = { bufferBytesMax: 64 * 1024, idleMs: 60_000, requestMs: 60_000 };

describe('the body of a request', () => {
  let server: Server;
  const sockets: Socket[] = [];
  let asked: AbortController;

  beforeEach(() => void (asked = new AbortController()));

  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
    server.close();
  });

  /** What the server reads of it, as it ends, and the socket that sends. */
  async function received(limits: BodyLimits): Promise<{ socket: Socket; bytes: Promise<number> }> {
    let tell: (bytes: number) => void;
    const bytes = new Promise<number>((resolve) => (tell = resolve));
    server = createServer((request, response) => {
      void (async () => {
        let count = 0;
        for await (const chunk of patientBody(request, limits, asked.signal)) count += chunk.length;
        response.writeHead(204).end();
        dropRest(request, 20);
        tell(count);
      })();
    });
    server.listen(0);
    await once(server, 'listening');
    const socket = connect((server.address() as AddressInfo).port);
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.write('PATCH / HTTP/1.1\r\nhost: here\r\ncontent-length: 1000000\r\n\r\n');
    return { socket, bytes };
  }

  it('is read to its end', async () => {
    const { socket, bytes } = await received(LIMITS);
    socket.write(Buffer.alloc(1_000_000));
    expect(await bytes).toBe(1_000_000);
  });

  it('ends where the connection breaks, and nothing that came is lost', async () => {
    const { socket, bytes } = await received(LIMITS);
    await new Promise<void>((done) => socket.write(Buffer.alloc(300_001), () => done()));
    socket.destroy();
    expect(await bytes).toBe(300_001);
  });

  it('ends when the sender falls silent, who then loses the connection', async () => {
    const { socket, bytes } = await received({ ...LIMITS, idleMs: 50 });
    socket.write(Buffer.alloc(10));
    expect(await bytes).toBe(10);
    await once(socket.resume(), 'close');
  });

  it('ends when it is asked to, with what had come', async () => {
    const { socket, bytes } = await received(LIMITS);
    socket.write(Buffer.alloc(10));
    await new Promise((done) => setTimeout(done, 100));
    asked.abort();
    expect(await bytes).toBe(10);
    await once(socket.resume(), 'close');
  });

  it('ends when it has lasted long enough, however lively', async () => {
    const { socket, bytes } = await received({ ...LIMITS, requestMs: 100 });
    const drip = setInterval(() => socket.write(Buffer.alloc(1)), 10);
    expect(await bytes).toBeLessThan(100);
    clearInterval(drip);
    await once(socket.resume(), 'close');
  });
});
