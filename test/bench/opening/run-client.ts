import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { ClientNews, ClientWork } from './client-work.js';

type Done = Extract<ClientNews, { type: 'done' }>;
type Question = Extract<ClientNews, { type: 'ask' | 'read' }>;
type Sealed = Extract<ClientNews, { type: 'sealed' }>;

/** Lets another process do a client's work; resolves with the time that it took. */
export function runClient(
  work: ClientWork,
  answer: {
    readonly onSealed?: (bid: Sealed) => void;
    readonly onAsk?: (asked: Question) => Promise<unknown>;
  },
): Promise<Done> {
  const child = fork(join(process.cwd(), 'dist/test/bench/opening/client.js'), [], {
    serialization: 'advanced',
  });
  return new Promise<Done>((resolve, reject) => {
    let done: Done | undefined;
    child.on('error', reject);
    child.on('exit', (code) =>
      done ? resolve(done) : reject(new Error(`a client process ended with ${code} before it was done`)),
    );
    child.on('message', (news: ClientNews) => {
      if (news.type === 'done') done = news;
      else if (news.type === 'sealed') answer.onSealed?.(news);
      else {
        const { id } = news;
        answer.onAsk!(news).then(
          (value) => child.send({ id, value }),
          (error: unknown) =>
            child.send({ id, error: error instanceof Error ? error.message : String(error) }),
        );
      }
    });
    child.send(work);
  });
}
