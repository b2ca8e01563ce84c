import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { isAddress, logSource } from '../ledger/log-source.js';
import { LedgerMonitor, type MonitorNews } from '../ledger/monitor.js';
import { type Command, out } from './command.js';

const COMMAND_MS_MAX = 30_000;

const options = {
  keep: { type: 'string' },
  'ledger-key': { type: 'string' },
  policy: { type: 'string' },
  every: { type: 'string', default: '5' },
  'silent-after': { type: 'string', default: '3600' },
  'quorum-within': { type: 'string', default: '60' },
  'entered-within': { type: 'string', default: '3600' },
  'on-alarm': { type: 'string' },
} as const;

export const monitorCommand: Command = {
  summary: 'follow a ledger, and ring when something is wrong',
  help: `Usage: sunseal monitor URL --keep DIR [options]

Verifies the ledger at URL, such as https://…/ledger/, once as a whole, then each step by which it grows, and prints a
JSON line of each. What it saw is kept in DIR; at each start the ledger is held against all of it.
  --ledger-key KEY       key of the ledger that you trust; without it the one that the ledger shows at the start
  --policy FILE          witnesses (c2sp.org/tlog-policy) whose quorum has to cosign
  --every SEC            how often it looks (default 5)
  --silent-after SEC     it rings when no new entry could be read for so long (default 3600)
  --quorum-within SEC    it rings when no quorum cosigned for so long (default 60)
  --entered-within SEC   an entry older than what was seen without it by more is back-dated (default 3600)
  --on-alarm COMMAND     run by the shell at each alarm, with its JSON line as input
Silence, a missing quorum and a back-dated entry are told, and it goes on. A fork, a rewind, a signature that does not
hold and what cannot be an entry end it with exit code 1. Exit code 0 when it is stopped, 2 for wrong usage.

Example: sunseal monitor https://tenders.example.org/ledger/ --keep seen --on-alarm 'mail -s ledger duty'`,
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [place, ...rest] = positionals;
    const { keep, policy, 'ledger-key': ledgerKey, 'on-alarm': onAlarm } = values;
    if (!place || !isAddress(place) || rest.length > 0 || keep === undefined) {
      out(monitorCommand.help);
      return 2;
    }
    const monitor = new LedgerMonitor(
      {
        source: logSource(place),
        keptFolder: keep,
        ...(ledgerKey === undefined ? {} : { ledgerKey }),
        ...(policy === undefined ? {} : { policyText: await readFile(policy, 'utf8') }),
        silentAfterMs: ms('silent-after', values['silent-after']),
        quorumWithinMs: ms('quorum-within', values['quorum-within']),
        enteredWithinMs: ms('entered-within', values['entered-within']),
      },
      Date.now(),
    );
    return follow(monitor, ms('every', values.every), onAlarm);
  },
};

function ms(name: string, text: string): number {
  const seconds = Number(text);
  if (!Number.isFinite(seconds) || seconds < 0) throw new Error(`--${name} is a number of seconds`);
  return seconds * 1000;
}

async function follow(monitor: LedgerMonitor, everyMs: number, onAlarm: string | undefined): Promise<number> {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());
  while (!stopping.signal.aborted) {
    for (const news of await monitor.look(Date.now())) {
      const line = JSON.stringify({ at: new Date().toISOString(), ...news });
      out(line);
      if (isAlarm(news) && onAlarm !== undefined) await runCommand(onAlarm, line);
      if (isAlarm(news) && news.isFinal) return 1;
    }
    await sleep(everyMs, undefined, { signal: stopping.signal }).catch(() => undefined);
  }
  return 0;
}

const isAlarm = (news: MonitorNews): news is Extract<MonitorNews, { event: 'alarm' }> =>
  news.event === 'alarm';

/** Whatever becomes of the command, the monitor goes on: the line is printed already. */
function runCommand(command: string, line: string): Promise<void> {
  return new Promise((done) => {
    const child = spawn(command, {
      shell: true,
      stdio: ['pipe', 'ignore', 'inherit'],
      timeout: COMMAND_MS_MAX,
    });
    child.once('error', () => done());
    child.once('exit', () => done());
    child.stdin.on('error', () => undefined);
    child.stdin.end(`${line}\n`);
  });
}
