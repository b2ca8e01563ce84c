import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { ObjectStore } from '#storage';

/** Streams an object as an attachment that no browser runs: what people upload stays inert. */
export async function sendStoredObject(
  store: ObjectStore,
  {
    key,
    fileName,
    mediaType,
  }: { readonly key: string; readonly fileName: string; readonly mediaType: string },
  reply: FastifyReply,
): Promise<StreamableFile> {
  const { size, body } = await store.get(key);
  reply.headers({
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
  });
  return new StreamableFile(Readable.from(body), { type: mediaType, length: size });
}
