import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ApiClient } from '../client/api-client.js';
import { readTime } from '../client/read-time.js';
import { verifyBundle } from '../bundle/verify-bundle.js';
import { writeBundle } from '../bundle/write-bundle.js';
import { type Cast, gatherCast } from '../demo/cast.js';
import { type PlatformProcess, startPlatform } from '../demo/platform-process.js';
import { ACTS, playTender } from '../demo/play-tender.js';
import { Transcript } from '../demo/transcript.js';
import { type Command, out } from './command.js';

/** Three and a third days a second: the 20 days of notice pass in six seconds, the standstill in one. */
const CLOCK_FACTOR = 288_000;
const PATIENCE_MS = 20_000;

export const demoCommand: Command = {
  summary: 'play a whole tender on a platform of its own',
  help: `Usage: npm run demo -- [--out DIR] [--data DIR] [--keep] [--nats]

Starts the platform, plays a works tender from template to award through the public HTTP API, writes its bundle and
verifies it offline.
  --out DIR    where the bundle goes (default out/demo)
  --data DIR   where the platform keeps its data (default data/demo)
  --keep       leave the platform running and print its address and accounts
  --nats       every service as its own process, over NATS, with Postgres and S3
  --json       one line of JSON at the end instead of the transcript

Example: npm run demo -- --out /tmp/tender --keep`,
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        out: { type: 'string', default: 'out/demo' },
        data: { type: 'string' },
        keep: { type: 'boolean', default: false },
        nats: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    });
    const startedAt = Date.now();
    const isTerminal = process.stdout.isTTY === true;
    const write = (text: string): void => void (values.json || process.stdout.write(text));
    const transcript = new Transcript(ACTS, write, isTerminal && !values.json);
    const dataDir = resolve(values.data ?? (values.nats ? 'data/demo-nats' : 'data/demo'));
    mkdirSync(dataDir, { recursive: true });
    const platform = await startPlatform({
      dataDir,
      clockFactor: CLOCK_FACTOR,
      overNats: values.nats,
      isFresh: true,
    });
    try {
      transcript.heading(`Sunseal answers at ${platform.address} (${seconds(startedAt)} s)`);
      const { cast, tenderId } = await play(platform, transcript);
      const bundle = resolve(values.out);
      const files = await writeBundle(new ApiClient({ address: platform.address }), tenderId, bundle);
      transcript.heading('Bundle');
      transcript.act(`${files} files in ${values.out}`);
      const { checks } = await verifyBundle(bundle);
      for (const check of checks) transcript.note(`✓ ${check}`);
      transcript.act('verified offline');
      out(
        values.json
          ? JSON.stringify({ ok: true, address: platform.address, tenderId, bundle, files, checks })
          : `\nDone in ${seconds(startedAt)} s.`,
      );
      if (values.keep) await keep(platform, cast);
    } finally {
      await platform.stop();
    }
    return 0;
  },
};

const seconds = (since: number): string => ((Date.now() - since) / 1_000).toFixed(1);

async function play(platform: PlatformProcess, transcript: Transcript) {
  const { address, administrator } = platform;
  const { now } = await readTime(new ApiClient({ address }));
  const cast = await gatherCast({ address, administrator, now, patienceMs: PATIENCE_MS }, newSuffix());
  transcript.act('7 organisations registered with valid credit codes; 6 approved, 1 refused with its reason');
  const noticeRealMs = 6_000;
  const { tenderId } = await playTender({ cast, transcript, noticeRealMs });
  return { cast, tenderId };
}

/** Logins and credit codes of one run; a platform that is kept may play several. */
const newSuffix = (): string => `-${Date.now().toString(36).slice(-4)}`;

async function keep(platform: PlatformProcess, cast: Cast): Promise<void> {
  const { buyer, registrar, supervisor, trustees, experts, bidders } = cast;
  out(`\nThe platform goes on at ${platform.address} until you press Ctrl-C. Demonstration accounts:`);
  out(`  administrator  ${platform.administrator.login}  ${platform.administrator.password}`);
  for (const { account } of [buyer, registrar, supervisor, ...trustees, ...experts, ...bidders]) {
    out(`  ${account.role.padEnd(13)}  ${account.login}  ${account.password}`);
  }
  await new Promise<void>((done) => {
    process.once('SIGINT', () => done());
    process.once('SIGTERM', () => done());
  });
}
