import { randomUUID } from 'node:crypto';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { REQUESTS, submitShares } from '#contracts';
import type { ClientNews, OpenWork } from './opening/client-work.js';
import { runClient } from './opening/run-client.js';
import { VaultStage } from './opening/stage.js';

const BIDS = 300;
const TRUSTEES = 5;
const QUORUM = 3;
const INTAKES_AT_ONCE = 8;
/** What one trustee's client may take for a thousand envelopes, of one core. */
const CLIENT_LIMIT_MS = 180_000;

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
const megabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`;

/** The memory of this process, looked at while work goes on. */
class HighWater {
  bytes = 0;
  private readonly timer = setInterval(() => this.look(), 20);

  look(): number {
    const { rss } = process.memoryUsage();
    this.bytes = Math.max(this.bytes, rss);
    return rss;
  }

  stop(): void {
    clearInterval(this.timer);
  }
}

/**
 * The opening of one kind of envelopes of a tender with many bids, each sealed, sent and taken for real: a real Postgres
 * and a folder of objects, vault and audit in this process, bidders and trustees in others. `bids=N` says how many.
 */
export async function openingBench(options: readonly string[] = []): Promise<void> {
  const bids = Number.parseInt(options.find((one) => one.startsWith('bids='))?.slice(5) ?? '', 10) || BIDS;
  const stage = await VaultStage.start(TRUSTEES, QUORUM);
  const memory = new HighWater();
  try {
    await stage.openForBids();
    const intakeMs = await takeBids(stage, bids);
    const closedMs = await close(stage);
    const before = memory.look();
    memory.bytes = 0;
    const startedAt = performance.now();
    const clients = [];
    for (let seat = 0; seat < QUORUM; seat++) clients.push(await giveShares(stage, seat));
    await toldAt(stage, 'envelopes-opened');
    const wholeMs = performance.now() - startedAt;
    const [begun, checked, opened] = [
      await toldAt(stage, 'combining-begun'),
      await toldAt(stage, 'stored-envelopes-checked'),
      await toldAt(stage, 'envelopes-opened'),
    ];
    const [first] = clients as [Client];
    const perThousand = (first.cpuMs / bids) * 1_000;
    const sharesMs = clients.reduce((sum, { sharesMs: ms }) => sum + ms, 0);
    process.stdout.write(
      `opening of ${bids} bids, ${QUORUM} of ${TRUSTEES} trustees (sealed and taken in ${seconds(intakeMs)}; closed and listed in ${seconds(closedMs)})\n` +
        `  one trustee’s client: ${seconds(first.cpuMs)} of one core, ${seconds(first.wallMs)} with waiting; ` +
        `${seconds(perThousand)} a thousand = ${(perThousand / CLIENT_LIMIT_MS).toFixed(2)} of the limit of ${seconds(CLIENT_LIMIT_MS)}\n` +
        `  vault takes ${bids * QUORUM} shares: ${seconds(sharesMs)}, ${(sharesMs / bids / QUORUM).toFixed(1)} ms each\n` +
        `  vault checks ${bids} stored envelopes: ${seconds(checked - begun)}\n` +
        `  vault combines and opens them, until envelopes-opened: ${seconds(opened - checked)}\n` +
        `  whole, ${QUORUM} trustees one after the other: ${seconds(wholeMs)}\n` +
        `  memory of the process with vault and audit: ${megabytes(before)} before, ${megabytes(memory.bytes)} at most\n`,
    );
  } finally {
    memory.stop();
    await stage.close();
  }
}

/** As many processes as cores seal; this one takes what comes. */
async function takeBids(stage: VaultStage, bids: number): Promise<number> {
  const startedAt = performance.now();
  const waiting: Extract<ClientNews, { type: 'sealed' }>[] = [];
  const { folder, keys } = stage.parts;
  const sealers = cpus().length;
  let taken = 0;
  const sealing = Array.from({ length: sealers }, (_, n) =>
    runClient(
      {
        type: 'seal',
        count: Math.floor(bids / sealers) + (n < bids % sealers ? 1 : 0),
        descriptor: stage.descriptor,
        authorityCertificateFile: keys.authorityCertificateFile,
        authorityKeyFile: keys.authorityKeyFile,
        folder: join(folder, 'sealed'),
      },
      { onSealed: (bid) => waiting.push(bid) },
    ),
  );
  const lane = async (): Promise<void> => {
    while (taken < bids) {
      const bid = waiting.shift();
      if (!bid) {
        await sleep(5);
        continue;
      }
      taken += 1;
      await stage.takeBid(bid);
    }
  };
  await Promise.all([...sealing, ...Array.from({ length: INTAKES_AT_ONCE }, lane)]);
  return performance.now() - startedAt;
}

/** From the deadline until the close record and its list have left the vault. */
async function close(stage: VaultStage): Promise<number> {
  const startedAt = performance.now();
  await stage.passDeadline();
  await stage.parts.running.drained();
  return performance.now() - startedAt;
}

interface Client {
  readonly cpuMs: number;
  readonly wallMs: number;
  /** How long the vault took for this trustee's shares. */
  readonly sharesMs: number;
}

async function giveShares(stage: VaultStage, seat: number): Promise<Client> {
  const { personId, key } = stage.trustees[seat]!;
  const actor = { personId, roles: ['trustee' as const], organisationId: null };
  const work: OpenWork = { type: 'open', tenderId: stage.tenderId, key };
  let sharesMs = 0;
  const { cpuMs, wallMs } = await runClient(work, {
    onAsk: async (asked) => {
      if (asked.type === 'read') return stage.parts.store.read(asked.path.slice(1));
      const contract = REQUESTS.find(({ subject }) => subject === asked.subject)!;
      const startedAt = performance.now();
      const answer = await stage.requests.ask(contract, asked.body, { actor, idempotencyKey: randomUUID() });
      if (contract === submitShares) sharesMs += performance.now() - startedAt;
      return answer;
    },
  });
  return { cpuMs, wallMs, sharesMs };
}

/** When the vault told it, in milliseconds of the database's clock; waited for. */
async function toldAt(stage: VaultStage, type: string): Promise<number> {
  for (;;) {
    const [row] = await stage.sql<{ at: Date }>(
      'SELECT max(occurred_at) AS at FROM vault.outbox WHERE subject = $1 HAVING count(*) > 0',
      [`evt.vault.${type}.v1`],
    );
    if (row) return row.at.getTime();
    await sleep(20);
  }
}
