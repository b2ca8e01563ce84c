import { execFileSync, spawnSync } from 'node:child_process';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { concatBytes } from '#kernel';
import type { AgeEngine } from '#sealing';
import { nodeAgeEngine } from '#sealing/node';
import { measure } from './measure.js';

const CHUNK = 65_536;
const CHUNKS = 1_000;
/** Each round takes the chunks so many times: in a few milliseconds one sees who else is at work. */
const PASSES = 4;
const MEGABYTES = (CHUNK * CHUNKS) / 1e6;
const LARGE_BYTES = 500_000_000;

/** The engine for Node beside OpenSSL alone on the same chunks, and beside the program `age` where there is one. */
export async function ageEngineBench(): Promise<void> {
  const identity = await generateX25519Identity();
  const recipients = [await identityToRecipient(identity)];
  await besideOpenssl(identity, recipients);
  if (spawnSync('age', ['--version']).status === 0) await besideProgram(identity, recipients);
  else process.stdout.write('the program age is not here: nothing to measure beside it\n');
  memoryOfLarge();
}

async function besideOpenssl(identity: string, recipients: readonly string[]): Promise<void> {
  const chunks = Array.from({ length: CHUNKS }, () => randomBytes(CHUNK));
  async function* each(): AsyncGenerator<Uint8Array> {
    for (let pass = 0; pass < PASSES; pass++) yield* chunks;
  }
  const file: Uint8Array[] = [];
  for await (const piece of nodeAgeEngine.encrypt(each(), recipients)) file.push(piece);
  const stored = concatBytes(...file);
  /** As the file store reads it. */
  async function* ofFile(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < stored.length; at += 2 ** 20) yield stored.subarray(at, at + 2 ** 20);
  }
  const key = randomBytes(32);
  const nonce = randomBytes(12);
  const raw = chunks.map((chunk) => {
    const cipher = createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 });
    const text = cipher.update(chunk);
    cipher.final();
    return { text, tag: cipher.getAuthTag() };
  });
  const figure = { count: PASSES * MEGABYTES, unit: 'MB', limitName: 'chacha20-poly1305 alone' };
  await measure({
    ...figure,
    name: 'engine for Node: encrypt',
    ours: () => drained(nodeAgeEngine.encrypt(each(), recipients)),
    limit: () => {
      for (let pass = 0; pass < PASSES; pass++) {
        for (const chunk of chunks) {
          const cipher = createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 });
          cipher.update(chunk);
          cipher.final();
          cipher.getAuthTag();
        }
      }
    },
  });
  await measure({
    ...figure,
    name: 'engine for Node: decrypt',
    ours: () => drained(nodeAgeEngine.decrypt(ofFile(), identity)),
    limit: () => {
      for (let pass = 0; pass < PASSES; pass++) {
        for (const { text, tag } of raw) {
          const decipher = createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 });
          decipher.setAuthTag(tag);
          decipher.update(text);
          decipher.final();
        }
      }
    },
  });
}

/** From file to file, both. */
async function besideProgram(identity: string, recipients: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sunseal-age-bench-'));
  const at = (name: string): string => join(folder, name);
  try {
    writeFileSync(at('plain'), randomBytes(CHUNK * CHUNKS));
    writeFileSync(at('identity'), `${identity}\n`, { mode: 0o600 });
    const encrypt = (engine: AgeEngine) =>
      toFile(engine.encrypt(fromFile(at('plain')), recipients), at('ours.age'));
    await encrypt(nodeAgeEngine);
    const figure = { count: MEGABYTES, unit: 'MB', limitName: 'the program age' };
    await measure({
      ...figure,
      name: 'engine for Node: encrypt a file',
      ours: () => encrypt(nodeAgeEngine),
      limit: () => void execFileSync('age', ['-r', recipients[0]!, '-o', at('age.age'), at('plain')]),
    });
    await measure({
      ...figure,
      name: 'engine for Node: decrypt a file',
      ours: () => toFile(nodeAgeEngine.decrypt(fromFile(at('ours.age')), identity), at('opened')),
      limit: () =>
        void execFileSync('age', ['-d', '-i', at('identity'), '-o', at('opened.age'), at('ours.age')]),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A whole envelope sealed and opened in a process of its own, which tells by how much its memory grew. */
function memoryOfLarge(): void {
  const program = new URL('../../../libs/sealing/test-support/large-envelope.worker.mjs', import.meta.url)
    .pathname;
  const said = execFileSync(process.execPath, [program, 'node', String(LARGE_BYTES)], { encoding: 'utf8' });
  const { growthMb, sealMbPerSecond, openMbPerSecond } = JSON.parse(said) as Record<string, number>;
  process.stdout.write(
    `an envelope of ${LARGE_BYTES / 1e6} MB: sealed at ${sealMbPerSecond} MB/s, opened at ${openMbPerSecond} MB/s, memory grew by ${growthMb} MB\n`,
  );
}

async function drained(chunks: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const chunk of chunks) if (chunk.length === 0) return;
}

/** Whole megabytes at a time, both ways: each step through the file system costs more than its 64 KiB. */
const AT_ONCE = { highWaterMark: 2 ** 20 };
const fromFile = (path: string): AsyncIterable<Uint8Array> => createReadStream(path, AT_ONCE);
const toFile = (chunks: AsyncIterable<Uint8Array>, path: string): Promise<void> =>
  pipeline(chunks, createWriteStream(path, AT_ONCE));
