import { DomainError, fromUtf8, invariant, utf8 } from '#kernel';
import { type BusErrorCode, type EventEnvelope, eventEnvelope } from '#contracts';

/** Most bytes of JSON in one request, answer or event: a broker's usual 1 MiB less room for its headers. */
export const MESSAGE_BYTES_MAX = 1024 * 1024 - 16 * 1024;

/** How long a request waits unless told otherwise. */
export const REQUEST_TIMEOUT_MS = 10_000;

/** An id published again within this time is dropped. */
export const DUPLICATE_WINDOW_MS = 10 * 60_000;

const SUBJECT = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/;
const CONSUMER = /^[a-z0-9-]+$/;

/**
 * The JSON of a payload as bytes; `undefined` travels as `null`.
 * Throws `message.too-large` over {@link MESSAGE_BYTES_MAX}.
 */
export function encodeMessage(payload: unknown): Uint8Array {
  const bytes = utf8(JSON.stringify(payload) ?? 'null');
  if (bytes.length > MESSAGE_BYTES_MAX) {
    throw new DomainError<BusErrorCode>(
      'message.too-large',
      `A message has at most ${MESSAGE_BYTES_MAX} bytes of JSON; send large content to the object store.`,
      { bytes: bytes.length, bytesMax: MESSAGE_BYTES_MAX },
    );
  }
  return bytes;
}

/** Throws a SyntaxError or TypeError on bytes that are not JSON in UTF-8. */
export function decodeMessage(bytes: Uint8Array): unknown {
  return JSON.parse(fromUtf8(bytes));
}

/** {@link encodeMessage} for an event; an envelope that does not fit its schema is a bug of the producer. */
export function encodeEvent(event: EventEnvelope): Uint8Array {
  assertEventSubject(event.subject);
  const fit = eventEnvelope.safeParse(event);
  invariant(fit.success, `event ${event.subject} does not fit its envelope: ${fit.error?.message ?? ''}`);
  return encodeMessage(event);
}

/** Throws on bytes that are no event envelope. */
export function decodeEvent(bytes: Uint8Array): EventEnvelope {
  return eventEnvelope.parse(decodeMessage(bytes));
}

/**
 * Requests live outside `evt.>`: a stream over a request's subject would answer it with its own receipt.
 * No wildcards: overlapping subjects in one queue group would split the requests between them.
 */
export function assertRequestSubject(subject: string): void {
  invariant(SUBJECT.test(subject) && !subject.startsWith('evt.'), `not a request subject: ${subject}`);
}

export function assertEventSubject(subject: string): void {
  invariant(SUBJECT.test(subject) && subject.startsWith('evt.'), `not an event subject: ${subject}`);
}

/** Names of services, consumers and queue groups. */
export function assertPartyName(name: string): void {
  invariant(CONSUMER.test(name), `not a name of a service: ${name}`);
}
