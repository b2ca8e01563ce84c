import { DomainError } from '#kernel';
import type { PostToWitness } from '../use-cases/witnesses/ask-witness.js';

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
      return { status: answer.status, contentType, body: await textOf(answer) };
    } catch (error) {
      const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      throw new DomainError('witness.unreachable', `No answer from ${target} in ${timeoutMs} ms.`, {
        reason,
      });
    }
  };
}

async function textOf(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of answer.body ?? []) {
    length += chunk.length;
    if (length > ANSWER_BYTES_MAX) throw new Error(`the answer has more than ${ANSWER_BYTES_MAX} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
