import type { IncomingMessage } from 'node:http';

export interface BodyLimits {
  /** Bytes that wait in memory before the sender has to. */
  readonly bufferBytesMax: number;
  /** Without a byte for so long the body counts as ended. */
  readonly idleMs: number;
  /** However long it goes on, it counts as ended then. */
  readonly requestMs: number;
}

/**
 * The body of a request for someone who keeps whatever comes. A connection that breaks, falls silent or lasts too long
 * looks like the body's end, as does the signal, and everything received before is still given; the caller compares
 * lengths. It is read eagerly up to the buffer, because Node drops what nobody had read when a connection breaks.
 */
export function patientBody(
  request: IncomingMessage,
  limits: BodyLimits,
  signal: AbortSignal,
): ReadableStream<Uint8Array> {
  let stop = (): void => undefined;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const onData = (chunk: Uint8Array): void => {
          idle.refresh();
          controller.enqueue(chunk);
          if ((controller.desiredSize ?? 0) <= 0) request.pause();
        };
        const end = (): void => {
          stop();
          controller.close();
        };
        const onIdle = (): void => void (request.isPaused() ? idle.refresh() : end());
        const idle = setTimeout(onIdle, limits.idleMs);
        const late = setTimeout(end, limits.requestMs);
        stop = () => {
          clearTimeout(idle);
          clearTimeout(late);
          request.off('data', onData).off('end', end).off('close', end);
          signal.removeEventListener('abort', end);
        };
        request
          .on('error', () => undefined)
          .on('data', onData)
          .once('end', end)
          .once('close', end);
        signal.addEventListener('abort', end);
        if (request.readableEnded || request.destroyed || signal.aborted) end();
      },
      pull: () => void request.resume(),
      cancel: () => stop(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: limits.bufferBytesMax }),
  );
}

/** Lets a sender that was answered early read the answer, and then ends what it still sends. */
export function dropRest(request: IncomingMessage, withinMs: number): void {
  if (request.destroyed) return;
  request.on('error', () => undefined).resume();
  if (request.complete) return;
  const timer = setTimeout(() => void (request.complete || request.destroy()), withinMs);
  request.once('close', () => clearTimeout(timer));
}
