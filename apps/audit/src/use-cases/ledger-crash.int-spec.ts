import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ChildOrder } from '../../test-support/child-order.js';
import { actsIn, actsOf, LedgerScene, namesOf, ORIGIN } from '../../test-support/ledger-scene.js';
import { takeActs } from './take-acts.js';
import { enterBatch } from './write-ledger.js';

const PROGRAM = join(process.cwd(), 'dist/apps/audit/test-support/ledger-child.js');

describe('a writer that is killed', () => {
  let scene: LedgerScene;
  const children: ChildProcess[] = [];
  beforeAll(async () => {
    scene = await LedgerScene.start();
  });
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await scene?.close();
  });

  const shownFile = () => join(scene.folder, 'shown.jsonl');
  const order = (changes: Partial<ChildOrder>): ChildOrder => ({
    databaseUrl: scene.databaseUrl,
    folder: scene.folder,
    origin: ORIGIN,
    shownFile: shownFile(),
    batchMax: 100,
    acts: [],
    dieAt: 0,
    isLasting: false,
    ...changes,
  });

  /** The lines that a child says; `ended` gives them all when it is over. */
  const start = (changes: Partial<ChildOrder>) => {
    const child = spawn(process.execPath, [PROGRAM, JSON.stringify(order(changes))], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    children.push(child);
    const lines: string[] = [];
    createInterface({ input: child.stdout }).on('line', (line) => void lines.push(line));
    const ended = new Promise<string[]>((resolve) => child.once('close', () => resolve(lines)));
    return { child, lines, ended };
  };

  /** Checks the ledger against every checkpoint that any process ever showed. */
  const verified = async () => {
    const lines = existsSync(shownFile()) ? readFileSync(shownFile(), 'utf8').trim().split('\n') : [];
    scene.shown.push(...lines.map((line) => JSON.parse(line) as string));
    return scene.verified();
  };

  it('loses, doubles and forks nothing, whichever step it was at', async () => {
    const perRun = 130;
    const numbered: string[] = [];
    let [run, killed, lost] = [0, 0, 0];
    for (let dieAt = 1; ; dieAt++, run++) {
      await scene.letTurnPass();
      const acts = [...actsOf('vault', run * perRun + 1, perRun), ...actsOf('tendering', run * 20 + 1, 20)];
      const said = await start({ acts, dieAt }).ended;
      numbered.push(...namesOf(acts));
      const wasTaken = said.includes('taken');
      await scene.letTurnPass();
      // What was not acknowledged comes again from the bus; what was must be there by itself.
      if (!wasTaken) await takeActs(scene.ports(), acts);
      const ports = scene.ports({ batchMax: 100 });
      while ((await enterBatch(ports)) !== 0);
      const present = new Set(actsIn(await verified()));
      lost += numbered.filter((act) => !present.has(act)).length;
      if (said.at(-1) === 'done') break;
      killed += 1;
    }
    const entered = actsIn(await verified());
    expect({
      lost,
      double: entered.length - new Set(entered).size,
      phantom: entered.length - numbered.length,
    }).toEqual({
      lost: 0,
      double: 0,
      phantom: 0,
    });
    expect(killed).toBeGreaterThanOrEqual(12);
    process.stdout.write(
      `ledger: killed at each of ${killed} steps, ${numbered.length} acts: lost 0, double 0, forks 0\n`,
    );
  });

  it('is followed by the other of two within seconds', async () => {
    await scene.letTurnPass();
    const begin = (await verified()).entries.length;
    const [one, other] = [start({ isLasting: true }), start({ isLasting: true })];
    const ids = await Promise.all(
      [one, other].map(({ lines }) => until(() => lines.find((l) => l.startsWith('runs')))),
    );
    const acts = actsOf('registration', 1, 60);
    await takeActs(scene.ports(), acts.slice(0, 30));
    await until(async () => (await scene.rows.head())!.size === begin + 30 || undefined);
    const [turn] = await scene.rows['query']<{ writer: string }>('SELECT writer FROM ledger_sequence');
    const holder = ids.findIndex((id) => id === `runs ${turn!.writer}`);
    expect(holder).toBeGreaterThanOrEqual(0);
    const killedAt = performance.now();
    [one, other][holder]!.child.kill('SIGKILL');
    await takeActs(scene.ports(), acts.slice(30));
    await until(async () => (await scene.rows.head())!.size === begin + 60 || undefined);
    const seconds = ((performance.now() - killedAt) / 1_000).toFixed(1);
    process.stdout.write(`ledger: the other writer had entered what came ${seconds} s after the kill\n`);
    [one, other][1 - holder]!.child.kill('SIGKILL');
    await one.ended;
    await other.ended;
    expect((await verified()).entries).toHaveLength(begin + 60);
  });
});

async function until<T>(found: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (;;) {
    const value = await found();
    if (value !== undefined) return value;
    await sleep(20);
  }
}
