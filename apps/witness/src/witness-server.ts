import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isDomainError } from '#kernel';
import { ADD_CHECKPOINT_BYTES_MAX, parseAddCheckpoint } from '#ledger';
import type { Witness } from './witness.js';

/** From the first byte to the last; a request is some hundred bytes. */
const REQUEST_MS_MAX = 10_000;
const CONNECTIONS_MAX = 256;
const TEXT = 'text/plain; charset=utf-8';

interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

const told = (status: number, reason: string): Answer => ({
  status,
  contentType: TEXT,
  body: `${reason}\n`,
});

/** POST /add-checkpoint as c2sp.org/tlog-witness says; GET / tells the witness's key and the logs that it watches. */
export function witnessServer(witness: Witness, onFailure: (error: unknown) => void): Server {
  const server = createServer({ requestTimeout: REQUEST_MS_MAX, headersTimeout: REQUEST_MS_MAX });
  server.maxConnections = CONNECTIONS_MAX;
  server.on('request', (request, response) => {
    answer(witness, request).then(
      (given) => send(response, given),
      (error: unknown) => {
        onFailure(error);
        send(response, told(500, 'the witness cannot answer now; nothing was signed'));
      },
    );
  });
  return server;
}

async function answer(witness: Witness, request: IncomingMessage): Promise<Answer> {
  const { pathname } = new URL(request.url ?? '/', 'http://witness');
  if (pathname === '/') {
    if (request.method !== 'GET') return told(405, 'ask with GET');
    const logs = await witness.watched();
    const body = `${JSON.stringify({ verifierKey: witness.verifierKey, logs }, null, 2)}\n`;
    return { status: 200, contentType: 'application/json; charset=utf-8', body };
  }
  if (pathname !== '/add-checkpoint') return told(404, 'there is /add-checkpoint, and / that tells the key');
  if (request.method !== 'POST') return told(405, 'send with POST');
  const body = await bodyOf(request);
  if (body === undefined) return told(413, `a request has at most ${ADD_CHECKPOINT_BYTES_MAX} bytes`);
  try {
    return await witness.addCheckpoint(parseAddCheckpoint(body));
  } catch (error) {
    if (isDomainError(error) && error.code === 'witness.request-malformed') return told(400, error.message);
    throw error;
  }
}

/** Undefined as soon as there is more than a request may have. */
async function bodyOf(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > ADD_CHECKPOINT_BYTES_MAX) return undefined;
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

function send(response: ServerResponse, { status, contentType, body }: Answer): void {
  // What was not read of a request that is too large is not waited for.
  const close = status === 413 ? { connection: 'close' } : {};
  response.writeHead(status, {
    'content-type': contentType,
    'content-length': Buffer.byteLength(body),
    ...close,
  });
  response.end(body);
}
