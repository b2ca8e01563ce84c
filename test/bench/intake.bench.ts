import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { fromBase64Url, fromUtf8, isBefore } from '#kernel';
import { getOwnBid } from '#contracts';
import type { Manifest } from '#sealing';
import { readTime } from '../../apps/cli/src/client/read-time.js';
import { sendEnvelope } from '../../apps/cli/src/client/send-envelope.js';
import { startPlatform } from '../../apps/cli/src/demo/platform-process.js';
import {
  commitOnly,
  type CrowdBidder,
  type CrowdTender,
  gatherBidders,
  gatherStaff,
  inGroups,
  publishTenders,
  type ReadyBid,
  sealBid,
} from './crowd.js';

const BIDDERS = 250;
const TENDERS = 20;
const WITH_BODIES = 100;
const BODY_BYTES = 60_000;
const CONNECTIONS = 256;
/** Of every hundred bids so many are sent twice at once, with one idempotency key. */
const TWICE_PERCENT = 10;
/** Of every hundred so many are sent only when the deadline has passed. */
const LATE_PERCENT = 5;
/** A third of a day a second: 20 days of notice are a minute. */
const CLOCK_FACTOR = 28_800;
const NOTICE_REAL_MS = 240_000;

interface Outcome {
  readonly bid: ReadyBid;
  readonly status: number;
  readonly code: string | null;
  readonly sealed: string | null;
  readonly latencyMs: number;
}

/** 5,000 bids due at one moment: what came of each, how long the slowest waited, and that nothing was lost or double. */
export async function intakeBench(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'sunseal-intake-'));
  const platform = await startPlatform({
    dataDir,
    clockFactor: CLOCK_FACTOR,
    overNats: false,
    isFresh: true,
    program: join(process.cwd(), 'dist/apps/standalone/src/main.js'),
    onLog: () => undefined,
  });
  try {
    const cast = await gatherStaff(platform);
    const bidders = await gatherBidders(platform, cast, BIDDERS);
    const tenders = await publishTenders(cast, TENDERS, NOTICE_REAL_MS);
    const bids = await prepare(bidders, tenders);
    const sustained = await sustainedRate(platform.address, bids.splice(0, 500));
    const late = bids.splice(0, Math.floor((bids.length * LATE_PERCENT) / 100));
    const limit = await limitRate(bids);
    const outcomes = await burst(platform.address, bids);
    const uploaded = await sendBodies(
      outcomes.map(({ bid }) => bid).filter(({ bodies }) => bodies.length > 0),
    );
    await passed(tenders, cast.buyer.api);
    const refused = await burst(platform.address, late);
    report(outcomes, refused, { sustained, limit }, uploaded, await audit(outcomes, refused));
  } finally {
    await platform.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function prepare(
  bidders: readonly CrowdBidder[],
  tenders: readonly CrowdTender[],
): Promise<ReadyBid[]> {
  const models = new Map<string, readonly Manifest[]>();
  const bids: ReadyBid[] = [];
  for (const tender of tenders) {
    const first = await sealBid(bidders[0]!, tender, BODY_BYTES);
    models.set(tender.tenderId, first.manifests.map(manifestIn));
    bids.push(first);
  }
  const rest = tenders.flatMap((tender) => bidders.slice(1).map((bidder) => ({ bidder, tender })));
  const others = await inGroups(rest, 16, ({ bidder, tender }, n) =>
    n % Math.ceil(rest.length / WITH_BODIES) === 0
      ? sealBid(bidder, tender, BODY_BYTES)
      : commitOnly(bidder, tender, models.get(tender.tenderId)!),
  );
  return [...others, ...bids];
}

const manifestIn = (jws: string): Manifest =>
  JSON.parse(fromUtf8(fromBase64Url(jws.split('.')[1]!))) as Manifest;

async function send(address: string, bid: ReadyBid, key: string, dueAt: number): Promise<Outcome> {
  for (;;) {
    const response = await fetch(`${address}/api/v1/tenders/${bid.tenderId}/bids`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': key,
        ...bid.bidder.api.sessionHeaders(),
      },
      body: JSON.stringify({ manifests: bid.manifests }),
    });
    const body = (await response.json()) as { code?: string; reveal?: { sealed: string } };
    if (response.status === 503) {
      await sleep(200);
      continue;
    }
    const latencyMs = performance.now() - dueAt;
    return {
      bid,
      status: response.status,
      code: body.code ?? null,
      sealed: body.reveal?.sealed ?? null,
      latencyMs,
    };
  }
}

async function sustainedRate(address: string, bids: readonly ReadyBid[]): Promise<number> {
  const startedAt = performance.now();
  await inGroups(bids, 32, (bid) => send(address, bid, randomUUID(), startedAt));
  return (bids.length / (performance.now() - startedAt)) * 1_000;
}

/** The same bids, sent by the same client to a server that verifies, writes and promises, and does nothing else. */
async function limitRate(bids: readonly ReadyBid[]): Promise<number> {
  const program = fileURLToPath(new URL('./raw-commit-server.js', import.meta.url));
  const server = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [said] = (await once(server.stdout, 'data')) as [Buffer];
    const outcomes = await burst(`http://127.0.0.1:${parseInt(said.toString(), 10)}`, bids);
    const lastMs = Math.max(...outcomes.map(({ latencyMs }) => latencyMs));
    return (outcomes.length / lastMs) * 1_000;
  } finally {
    server.kill('SIGTERM');
  }
}

/** All are due now; each waits for a free connection. Latency counts from now. */
async function burst(address: string, bids: readonly ReadyBid[]): Promise<Outcome[]> {
  const dueAt = performance.now();
  const sent = bids.flatMap((bid, n) => {
    const key = randomUUID();
    return n % 100 < TWICE_PERCENT
      ? [
          { bid, key },
          { bid, key },
        ]
      : [{ bid, key }];
  });
  return inGroups(sent, CONNECTIONS, ({ bid, key }) => send(address, bid, key, dueAt));
}

async function sendBodies(bids: readonly ReadyBid[]): Promise<number> {
  const unique = [...new Set(bids)];
  await inGroups(unique, 8, async ({ bidder, tenderId, bodies }) => {
    for (const bytes of bodies) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      await sendEnvelope({ api: bidder.api, tenderId, bytes, sha256, size: bytes.length });
    }
  });
  return unique.length;
}

async function passed(tenders: readonly CrowdTender[], api: CrowdBidder['api']): Promise<void> {
  const last = tenders
    .map(({ deadlineAt }) => deadlineAt)
    .toSorted()
    .at(-1)!;
  while (isBefore((await readTime(api)).now, last)) await sleep(250);
}

/** Bids a second. */
interface Rates {
  readonly sustained: number;
  readonly limit: number;
}

interface Audit {
  readonly lost: number;
  readonly late: number;
  readonly double: number;
}

/** What the platform shows of every bid afterwards, beside what it acknowledged. */
async function audit(outcomes: readonly Outcome[], refused: readonly Outcome[]): Promise<Audit> {
  const receipts = new Map<ReadyBid, Set<string>>();
  for (const { bid, sealed } of outcomes) {
    if (sealed) receipts.set(bid, (receipts.get(bid) ?? new Set()).add(sealed));
  }
  let lost = 0;
  let double = 0;
  await inGroups([...receipts], 16, async ([{ bidder, tenderId }, sealed]) => {
    const { acts } = await bidder.api.call(getOwnBid, { tenderId });
    if (sealed.size > 1 || acts.length > 1) double += 1;
    if (!acts.some(({ reveal }) => sealed.has(reveal.sealed))) lost += 1;
  });
  return { lost, double, late: refused.filter(({ sealed }) => sealed !== null).length };
}

function report(
  outcomes: readonly Outcome[],
  refused: readonly Outcome[],
  { sustained, limit }: Rates,
  uploaded: number,
  { lost, late, double }: Audit,
): void {
  const all = [...outcomes, ...refused];
  const taken = all.filter(({ sealed }) => sealed !== null).length;
  const latencies = outcomes.map(({ latencyMs }) => latencyMs).toSorted((a, b) => a - b);
  const p99 = latencies[Math.floor(latencies.length * 0.99)]!;
  const codes = new Map<string, number>();
  for (const { code } of all) if (code !== null) codes.set(code, (codes.get(code) ?? 0) + 1);
  const refusals = [...codes].map(([code, count]) => `${count} ${code}`).join(', ') || 'none';
  const ratio = p99 / ((outcomes.length / sustained) * 1_000);
  const rate = outcomes.length / (latencies.at(-1)! / 1_000);
  process.stdout.write(
    `intake: ${outcomes.length} requests due at once, ${rate.toFixed(0)}/s = ${(rate / limit).toFixed(2)} of ` +
      `${limit.toFixed(0)}/s that a bare server verifies, syncs and promises; ` +
      `p99 ${(p99 / 1_000).toFixed(2)} s = ${ratio.toFixed(2)} of N ÷ ${sustained.toFixed(0)}/s sustained\n` +
      `        ${all.length} sent = ${taken} receipts + ${all.length - taken} refusals (${refusals}); ` +
      `${uploaded} with bodies; lost ${lost}, late ${late}, double ${double}\n`,
  );
}
