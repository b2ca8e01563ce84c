import { sha256 } from '@noble/hashes/sha2.js';
import { toHex } from '#kernel';
import { LIMITS } from '#contracts';
import { request } from '../api/call.js';
import { Problem } from '../api/problem.js';
import type { Attachment } from './draft-form.js';

/** Sends a document under its hash; one that is there already costs nothing to send again. Throws {@link Problem}. */
export async function sendDocument(file: File): Promise<Attachment> {
  if (file.size > LIMITS.documentBytesMax || file.size === 0) {
    const detail = `1 – ${LIMITS.documentBytesMax} B: ${file.name}`;
    throw new Problem('request.too-large', detail, 413, false, null, {});
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  const digest = toHex(sha256(bytes));
  await request(`/api/v1/documents/${digest}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/octet-stream' },
    body: bytes,
  });
  const mediaType = file.type === '' ? 'application/octet-stream' : file.type;
  return { name: file.name.slice(0, 200), mediaType, sha256: digest, size: file.size };
}
