import type { IncomingMessage } from 'node:http';
import type { FoundObject } from './object-store.port.js';
import type { S3Place } from './s3-client.js';
import { onServer, s3Error } from './s3-errors.js';
import { rangeInvalid, unavailable } from './storage-refusals.js';
import type { S3Version } from './s3-versions.js';
import { wholeBody } from './whole-body.js';

export interface OpenedObject extends FoundObject {
  /** Gives back the connection of a body that nobody will read. */
  leave(): void;
}

/**
 * A version, or the latest where none is given, from the byte `from` on. Throws `object.not-found`,
 * `object.range-invalid`, `storage.unavailable`.
 */
export async function s3Get(
  place: S3Place,
  key: string,
  from: number,
  version?: S3Version,
): Promise<OpenedObject> {
  if (version && from > version.size) throw rangeInvalid(key, from, version.size);
  // A server has no answer for the empty rest of an object.
  if (version && from > 0 && from === version.size) {
    return { size: from, body: nothing(), leave: () => undefined };
  }
  const { client, bucket } = place;
  const options = version ? { versionId: version.versionId } : {};
  const answer = (await onServer(key, () =>
    client.getPartialObject(bucket, key, from, 0, options),
  )) as IncomingMessage;
  // A connection may be cut before anyone reads; whoever reads is told.
  answer.on('error', () => undefined);
  const size = from === 0 ? lengthOf(answer) : totalOf(answer, from);
  if (size === undefined) {
    answer.destroy();
    throw unavailable('The object store sends something else than it was asked for', 'range-or-length');
  }
  return {
    size,
    body: wholeBody(answer, size - from, (error) => s3Error(error, key)),
    leave: () => answer.destroy(),
  };
}

/** The length that the server announced with the very bytes that follow. */
function lengthOf({ headers }: IncomingMessage): number | undefined {
  const text = headers['content-length'] ?? '';
  return /^\d+$/.test(text) ? parseInt(text, 10) : undefined;
}

/** The whole length, where the server sends the part that was asked for: it may also send everything (RFC 9110, 14.2). */
function totalOf({ statusCode, headers }: IncomingMessage, from: number): number | undefined {
  const [, first = '', last = '', total = ''] =
    /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers['content-range'] ?? '') ?? [];
  const isAsked =
    statusCode === 206 && parseInt(first, 10) === from && parseInt(last, 10) + 1 === parseInt(total, 10);
  return isAsked ? parseInt(total, 10) : undefined;
}

async function* nothing(): AsyncGenerator<Uint8Array> {
  // No byte is left.
}
