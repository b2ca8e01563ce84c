import { sha256 } from '@noble/hashes/sha2.js';
import { toHex } from '#kernel';
import { type PartSource, sealStream, type TenderDescriptor, typageEngine } from '#sealing';
import type { SealOrder, SealWord } from './seal-order.js';
import { createSealed } from './sealed-files.js';

const say = (word: SealWord): void => globalThis.postMessage(word);
const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));

/** A file as a part of an envelope: read once for its hash, and again as it is sealed. */
async function partOf(file: File, onRead: (bytes: number) => void): Promise<PartSource> {
  const hash = sha256.create();
  for await (const chunk of chunksOf(file)) {
    hash.update(chunk);
    onRead(chunk.length);
  }
  return {
    name: file.name,
    mediaType: file.type === '' ? 'application/octet-stream' : file.type,
    size: file.size,
    sha256: toHex(hash.digest()),
    open: () => chunksOf(file, onRead),
  };
}

async function* chunksOf(file: File, onRead?: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    onRead?.(next.value.length);
    yield next.value;
  }
}

async function seal({ files, envelopeId, name, descriptor, ...rest }: SealOrder): Promise<SealWord> {
  const total = 2 * files.reduce((sum, { size }) => sum + size, 0);
  let read = 0;
  const onRead = (bytes: number): void => {
    read += bytes;
    say({ type: 'progress', done: read / total });
  };
  const parts: PartSource[] = [];
  for (const file of files) parts.push(await partOf(file, onRead));
  const writer = await createSealed(name);
  try {
    const { manifest, rescueIdentity } = await sealStream({
      ...rest,
      descriptor: descriptor as unknown as TenderDescriptor,
      envelopeId,
      parts,
      random,
      engine: typageEngine,
      write: async (chunk) => writer.write(chunk),
    });
    return { type: 'sealed', manifest, rescueIdentity };
  } finally {
    writer.close();
  }
}

globalThis.addEventListener('message', ({ data }: MessageEvent<SealOrder>) => {
  seal(data)
    .then(say)
    .catch((error: unknown) => {
      const { code = 'internal.error', message } = error as { code?: string; message: string };
      say({ type: 'refused', code, message });
    });
});
