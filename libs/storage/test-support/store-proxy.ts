import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** What the next requests meet. */
export type Trouble =
  | { readonly kind: 'none' }
  /** The connection is closed before an answer. */
  | { readonly kind: 'closed' }
  /** Nothing is answered. */
  | { readonly kind: 'silent' }
  /** `status` for everything. */
  | { readonly kind: 'status'; readonly status: number }
  /** The answer's body ends after so many bytes, with its connection. `unframed`: no length was announced either. */
  | { readonly kind: 'cut'; readonly afterBytes: number; readonly isUnframed?: boolean }
  /** The answer's body stops moving after so many bytes. */
  | { readonly kind: 'stuck'; readonly afterBytes: number }
  /** The request's body stops after so many bytes and its connection is closed. */
  | { readonly kind: 'cut-upload'; readonly afterBytes: number }
  /** The server's answer is replaced; undefined leaves it. What `forget` names never reaches the server. */
  | {
      readonly kind: 'lie';
      readonly forget?: (asked: IncomingMessage) => Answer | undefined;
      readonly answer?: (asked: IncomingMessage, status: number) => Answer | undefined;
    };

export interface StoreProxy {
  readonly endpoint: string;
  trouble: Trouble;
  /** Only requests for which this holds meet the trouble. */
  only: (asked: IncomingMessage) => boolean;
  /** Bytes of answers' bodies that went back to the client. */
  answeredBytes: number;
  stop(): Promise<void>;
}

/** Stands between a client and a real S3 server and gets in the way. Requests pass as they are: their signature holds. */
export async function startStoreProxy(endpoint: string): Promise<StoreProxy> {
  const { hostname, port } = new URL(endpoint);
  const server: Server = createServer((asked, answer) => {
    const trouble = proxy.only(asked) ? proxy.trouble : ({ kind: 'none' } as const);
    asked.on('error', () => undefined);
    answer.on('error', () => undefined);
    if (trouble.kind === 'silent') return;
    if (trouble.kind === 'closed') return void asked.socket.destroy();
    if (trouble.kind === 'status') return say(asked, answer, { status: trouble.status, body: '' });
    const forgotten = trouble.kind === 'lie' ? trouble.forget?.(asked) : undefined;
    if (forgotten) return say(asked, answer, forgotten);
    const options = {
      hostname,
      port,
      method: asked.method ?? 'GET',
      path: asked.url ?? '/',
      headers: asked.headers,
    };
    const passed = request({ ...options, setHost: false, agent: false }, (reply) => {
      const lie = trouble.kind === 'lie' ? trouble.answer?.(asked, reply.statusCode ?? 0) : undefined;
      if (lie) {
        reply.resume();
        return say(asked, answer, lie);
      }
      void passOn(reply, answer, trouble, proxy);
    });
    passed.on('error', () => asked.socket.destroy());
    if (trouble.kind === 'cut-upload') cutUpload(asked, passed, trouble.afterBytes);
    else asked.pipe(passed);
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  const proxy: StoreProxy = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    trouble: { kind: 'none' },
    only: () => true,
    answeredBytes: 0,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return proxy;
}

async function passOn(
  reply: IncomingMessage,
  answer: ServerResponse,
  trouble: Trouble,
  proxy: StoreProxy,
): Promise<void> {
  const headers = { ...reply.headers };
  if (trouble.kind === 'cut' && trouble.isUnframed) {
    delete headers['content-length'];
    delete headers['transfer-encoding'];
    headers.connection = 'close';
    answer.useChunkedEncodingByDefault = false;
  }
  answer.writeHead(reply.statusCode ?? 500, headers);
  answer.flushHeaders();
  const limit = trouble.kind === 'cut' || trouble.kind === 'stuck' ? trouble.afterBytes : Infinity;
  let sent = 0;
  try {
    for await (const chunk of reply as AsyncIterable<Uint8Array>) {
      const part = chunk.subarray(0, Math.max(0, limit - sent));
      sent += part.length;
      proxy.answeredBytes += part.length;
      await new Promise<void>((done) => void answer.write(part, () => done()));
      if (sent < limit) continue;
      if (trouble.kind === 'stuck') return;
      break;
    }
  } catch {
    // The client has gone.
  }
  if (sent < limit) answer.end();
  else if (trouble.kind === 'cut' && trouble.isUnframed) answer.socket?.end();
  else answer.socket?.destroy();
}

function cutUpload(asked: IncomingMessage, passed: ReturnType<typeof request>, limit: number): void {
  let seen = 0;
  asked.on('data', (chunk: Uint8Array) => {
    seen += chunk.length;
    if (seen < limit) return void passed.write(chunk);
    passed.destroy();
    asked.socket.destroy();
  });
  asked.on('end', () => passed.end());
}

function say(asked: IncomingMessage, answer: ServerResponse, { status, body }: Answer): void {
  const end = (): void => {
    answer.writeHead(status, {
      'content-length': Buffer.byteLength(body),
      'content-type': 'application/xml',
    });
    answer.end(asked.method === 'HEAD' ? undefined : body);
  };
  if (asked.readableEnded) return end();
  asked.resume();
  asked.on('end', end);
}
