import { DomainError } from '#kernel';
import type { PostToWitness } from '../use-cases/witnesses/ask-witness.js';
import { bytesOf } from './bounded-answer.js';

/** A cosignature line has some 150 characters; a witness that says more than this says nothing that is used. */
const ANSWER_BYTES_MAX = 65_536;

/** Over HTTP, each request with a time-out from the first byte sent to the last one read; redirections are refused. */
export function witnessClient(timeoutMs: number): PostToWitness {
  return async (url, body) => {
    const target = `${url.replace(/\/$/, '')}/add-checkpoint`;
    try {
      const answer = await fetch(target, {
        method: 'POST',
        headers: { 'content-type': 'text/plain; charset=utf-8' },
        body,
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      const contentType = answer.headers.get('content-type') ?? '';
      return {
        status: answer.status,
        contentType,
        body: Buffer.from(await bytesOf(answer, ANSWER_BYTES_MAX)).toString('utf8'),
      };
    } catch (error) {
      const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      throw new DomainError('witness.unreachable', `No answer from ${target} in ${timeoutMs} ms.`, {
        reason,
      });
    }
  };
}
