import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What one request was, and the bytes that came with it. */
export interface Asked {
  readonly method: string | undefined;
  readonly contentType: string | undefined;
  readonly body: Uint8Array;
}

export type Answer = (asked: Asked, response: ServerResponse) => void | Promise<void>;

/** A time-stamp authority over HTTP on a free port, which answers as it is told. */
export async function timestampServer(answer: Answer) {
  const requests: Asked[] = [];
  const server = createServer((request, response) => {
    void bodyOf(request).then(async (body) => {
      const asked = { method: request.method, contentType: request.headers['content-type'], body };
      requests.push(asked);
      await answer(asked, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/stamp`,
    requests,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

export function send(
  response: ServerResponse,
  bytes: Uint8Array,
  type = 'application/timestamp-reply',
): void {
  response.writeHead(200, { 'content-type': type });
  response.end(bytes);
}
