import { fastify, type FastifyInstance, type FastifyReply } from 'fastify';
import { isDomainError } from '#kernel';
import { type ErrorCode, errorEntry, LIMITS } from '#contracts';
import { LOG_PREFIX } from './mailbox-log.js';
import { type Mailbox, mailboxRequest, takeManifests } from './take-manifests.js';

/** Four manifests, and the JSON around them. */
const BODY_BYTES_MAX = 4 * LIMITS.jwsCharsMax + 1_024;

/** POST /manifests takes a bidder's manifests; GET /ledger/… gives the log's files to anyone. */
export function mailboxServer(mailbox: Mailbox): FastifyInstance {
  const server = fastify({ bodyLimit: BODY_BYTES_MAX, forceCloseConnections: 'idle' });
  server.setErrorHandler((error, _request, reply) => answerProblem(error, reply));
  server.get('/', () => ({ verifierKey: mailbox.log.verifierKey }));
  server.post('/manifests', (request) => takeManifests(mailbox, mailboxRequest.parse(request.body)));
  server.get<{ Params: { '*': string } }>('/ledger/*', (request, reply) =>
    sendFile(mailbox, LOG_PREFIX + request.params['*'], reply),
  );
  return server;
}

async function sendFile({ store }: Mailbox, key: string, reply: FastifyReply): Promise<FastifyReply> {
  const isText = key === `${LOG_PREFIX}checkpoint`;
  reply.header('content-type', isText ? 'text/plain; charset=utf-8' : 'application/octet-stream');
  return reply.send(Buffer.from(await store.read(key)));
}

/** RFC 9457, with the platform's codes. */
function answerProblem(error: unknown, reply: FastifyReply): FastifyReply {
  const problem = problemOf(error);
  const { status, title } = errorEntry(problem.code as ErrorCode);
  return reply
    .status(status)
    .header('content-type', 'application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', status, title, ...problem }));
}

function problemOf(error: unknown): { readonly code: string; readonly detail: string } {
  if (isDomainError(error)) return { code: error.code, detail: error.message };
  const { name, statusCode } = error as { name?: unknown; statusCode?: unknown };
  if (statusCode === 413) return { code: 'request.too-large', detail: `At most ${BODY_BYTES_MAX} bytes.` };
  if (statusCode === 415)
    return { code: 'request.media-type-wrong', detail: 'Send the manifests as application/json.' };
  if (name === 'ZodError' || statusCode === 400)
    return {
      code: 'request.malformed',
      detail: 'Send {"manifests": [signed manifests, one for each envelope]}.',
    };
  return { code: 'internal.error', detail: 'Something went wrong on our side.' };
}
