import http from 'node:http';
import https from 'node:https';

/** The client takes what has a `request` like that of node:http. */
export type Transport = Pick<typeof http, 'request'>;

/** Answers that say "not now"; the client would wait and write to the console instead, or drop the connection's end. */
const NOT_NOW = new Set([408, 429, 499, 500, 502, 503, 504, 520]);
const WITHOUT_BODY = new Set([204, 304]);

/** A server that answered and did not serve. The code is one that S3 itself uses. */
export class S3Unserved extends Error {
  constructor(
    readonly code: 'RequestTimeout' | 'ServiceUnavailable' | 'IncompleteBody',
    message: string,
  ) {
    super(message);
    this.name = 'S3Unserved';
  }
}

/**
 * HTTP with an end: a connection on which nothing moves for `idleMs`, from its first packet on, is given up; "not now"
 * is an error at once; an answer whose end could not be told from a cut is refused. Nothing is tried again here.
 */
export function patientTransport(protocol: 'http:' | 'https:', idleMs: number): Transport {
  const base = protocol === 'https:' ? https : http;
  const request = (options: http.RequestOptions, onAnswer: (answer: http.IncomingMessage) => void) => {
    const sent = base.request({ ...options, timeout: idleMs });
    sent.on('timeout', () => {
      sent.destroy(new S3Unserved('RequestTimeout', `nothing came for ${idleMs} ms`));
    });
    sent.on('response', (answer: http.IncomingMessage) => {
      const fault = faultOf(answer, options.method);
      if (!fault) return onAnswer(answer);
      answer.on('error', () => undefined).destroy();
      sent.emit('error', fault);
    });
    return sent;
  };
  return { request: request as typeof http.request };
}

function faultOf({ statusCode = 0, headers }: http.IncomingMessage, method = 'GET'): S3Unserved | undefined {
  if (NOT_NOW.has(statusCode)) return new S3Unserved('ServiceUnavailable', `status ${statusCode}`);
  const isEmpty = method === 'HEAD' || WITHOUT_BODY.has(statusCode);
  const hasEnd =
    headers['content-length'] !== undefined || /\bchunked\b/.test(headers['transfer-encoding'] ?? '');
  return isEmpty || hasEnd ? undefined : new S3Unserved('IncompleteBody', 'an answer without a length');
}
