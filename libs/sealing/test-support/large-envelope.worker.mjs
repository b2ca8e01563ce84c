/**
 * Seals and opens one envelope of so many bytes in a process of its own and prints, as JSON, by how much its memory grew
 * beyond what a small envelope takes, and how fast it was: `node large-envelope.worker.mjs node|typage BYTES`.
 */
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTrusteeKey, openStream, requireUnaltered, sealStream, typageEngine } from '#sealing';
import { nodeAgeEngine } from '#sealing/node';
import { toBase64Url } from '#kernel';

const [engineName = 'node', bytes = '500000000'] = process.argv.slice(2);
const engine = engineName === 'typage' ? typageEngine : nodeAgeEngine;
const MB = 1_000_000;
const PARTS = 3;
const hash = (text) => createHash('sha256').update(text).digest('hex');

/** The most this process has held. Looked at while it works: what the system keeps of it counts the parent's too. */
let rssMax = 0;
let looked = 0;
const look = () => {
  if (looked++ % 16 === 0) rssMax = Math.max(rssMax, process.memoryUsage.rss());
};

const block = randomBytes(65_536);
async function* content(size) {
  for (let left = size; left > 0; left -= block.length) {
    yield Buffer.from(block.subarray(0, Math.min(left, block.length)));
  }
}

async function partsOf(total) {
  const size = Math.floor(total / PARTS);
  const running = createHash('sha256');
  for await (const chunk of content(size)) running.update(chunk);
  const sha256 = running.digest('hex');
  return Array.from({ length: PARTS }, (_, at) => ({
    name: `part ${at}`,
    mediaType: 'application/octet-stream',
    size,
    sha256,
    open: () => content(size),
  }));
}

const trustees = [1, 2, 3].map((i) => ({
  i,
  certSha256: hash(`certificate ${i}`),
  publicKey: toBase64Url(createTrusteeKey(randomBytes).publicKey),
  statementSha256: hash(`statement ${i}`),
}));
const sealing = {
  descriptor: {
    suite: 'SS1',
    tenderId: '0198a000-0000-7000-8000-000000000001',
    envelopes: ['commercial'],
    n: 3,
    k: 2,
    trustees,
    deadlineAt: '2027-01-01T00:00:00.000Z',
    rules: {},
    ledgerOrigin: 'large',
    ledgerKey: 'large',
  },
  bidderCertSha256: hash('bidder'),
  seq: 1,
  previousManifestSha256: null,
  envelopeId: 'commercial',
  clientTime: '2026-12-01T00:00:00.000Z',
  random: randomBytes,
  engine,
};

async function sealAndOpen(total, folder) {
  const path = join(folder, 'envelope.age');
  const parts = await partsOf(total);
  const file = await open(path, 'w');
  const startedAt = process.hrtime.bigint();
  const write = async (chunk) => {
    look();
    await file.write(chunk);
  };
  const { manifest, rescueIdentity } = await sealStream({ ...sealing, parts, write });
  const sealedAt = process.hrtime.bigint();
  await file.close();
  await requireUnaltered(createReadStream(path), manifest.age, engine);
  let read = 0;
  const stored = { file: createReadStream(path), identity: rescueIdentity, expected: manifest.age, engine };
  for await (const { body } of openStream(stored)) {
    for await (const chunk of body) {
      look();
      read += chunk.length;
    }
  }
  const openedAt = process.hrtime.bigint();
  if (read !== parts[0].size * PARTS) throw new Error(`opened ${read} bytes`);
  const seconds = (from, to) => Number(to - from) / 1e9;
  return {
    sealMbPerSecond: Math.round(total / MB / seconds(startedAt, sealedAt)),
    openMbPerSecond: Math.round(total / MB / seconds(sealedAt, openedAt)),
  };
}

const folder = mkdtempSync(join(tmpdir(), 'sunseal-large-'));
try {
  await sealAndOpen(5 * MB, folder);
  const before = process.memoryUsage.rss();
  const speed = await sealAndOpen(Number(bytes), folder);
  const growthMb = Math.round((rssMax - before) / MB);
  process.stdout.write(`${JSON.stringify({ growthMb, ...speed })}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
