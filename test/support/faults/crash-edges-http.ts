import { type IncomingMessage, Server, ServerResponse } from 'node:http';
import { WATCHED_HEADER } from './crash-plan.js';
import type { CrashWatch } from './crash-watch.js';

type Emit = (...args: unknown[]) => boolean;

/** The watched request: all that it sets off, and points before and after its answer. */
export function watchHttp(watch: CrashWatch): void {
  const prototype = Server.prototype as unknown as { emit: Emit };
  const original = prototype.emit;
  prototype.emit = function emit(this: Server, ...args) {
    const [event, request, response] = args as [string, IncomingMessage, ServerResponse];
    if (event !== 'request' || !isWatched(watch, request)) return original.apply(this, args);
    keepContext(watch, request);
    watchAnswer(watch, response);
    let isHeard = false;
    watch.begin(() => {
      watch.pass('request arrives');
      isHeard = original.apply(this, args);
    });
    return isHeard;
  };
}

const isWatched = (watch: CrashWatch, { method, url, headers }: IncomingMessage): boolean =>
  headers[WATCHED_HEADER] !== undefined && watch.isWatched(`${method} ${url}`);

/** Bytes come from the socket, which knows nothing of requests. */
function keepContext(watch: CrashWatch, request: IncomingMessage): void {
  const emit = request.emit.bind(request) as Emit;
  (request as unknown as { emit: Emit }).emit = (...args) => watch.inRequest(() => emit(...args));
}

function watchAnswer(watch: CrashWatch, response: ServerResponse): void {
  const end = response.end.bind(response) as (...args: unknown[]) => ServerResponse;
  (response as unknown as { end: (...args: unknown[]) => ServerResponse }).end = (...args) => {
    watch.pass('before answer', 'request');
    response.once('finish', () => watch.pass('after answer', 'request'));
    return end(...args);
  };
}
