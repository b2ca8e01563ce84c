import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitUntil } from '../../../apps/cli/src/client/wait-until.js';
import type { TestPlatform } from '../platform.js';
import { crashEnvironment, FIRED } from './crash-plan.js';
import { RecoveryTimes } from './recovery-times.js';

/** One act that is cut by a death of the platform. */
export interface CutAct {
  /** Begins what is watched. May reject, since the platform dies under it. */
  first(): Promise<void>;
  /** The same after the platform has come back, until it is acknowledged. */
  again(): Promise<void>;
}

interface Deaths {
  /** Points at which the platform did not die in as many tries as there were. */
  readonly missed: readonly string[];
  readonly recovery: RecoveryTimes;
}

export interface Points {
  /** As a platform passes them that has done the same before. */
  readonly warm: readonly string[];
  /** What is passed beside them by a platform that has just started. */
  readonly cold: readonly string[];
}

interface Path {
  /** Pattern of the watched request. */
  readonly watch: string;
  /** An act of its own for each death. */
  readonly prepare: () => Promise<CutAct>;
}

const TRIES = 4;
/** How long a death may come after the answer, for what the act sets off beside itself. */
const DIES_WITHIN_MS = 10_000;
const SETTLES_MS = 20;
/** How often the writer's turn is to move before it counts as begun. */
const TURNS_SEEN = 2;

/** Lets the platform die at every point of a path, once each, and come back. */
export class CrashRunner {
  private readonly folder = mkdtempSync(join(tmpdir(), 'sunseal-crash-'));
  private starts = 0;
  /** Where the running process is to die. */
  private armed: string | undefined;

  constructor(private readonly platform: TestPlatform) {
    writeFileSync(this.deaths, '');
  }

  async list({ watch, prepare }: Path): Promise<Points> {
    const cold = await this.listOnce(watch, prepare, false);
    const warm = await this.listOnce(watch, prepare, true);
    return { warm, cold: cold.filter((point) => !warm.includes(point)) };
  }

  /** Dies at each point while an act of its own goes on; afterwards no point is armed. */
  async dieAtEach(path: Path, points: Points): Promise<Deaths> {
    const recovery = new RecoveryTimes();
    const missed: string[] = [];
    const all = [...points.warm, ...points.cold];
    for (const [at, point] of all.entries()) {
      const isWarm = at < points.warm.length;
      let isDead = false;
      for (let tries = 0; tries < TRIES && !isDead; tries++) {
        await this.arm(path, point, isWarm);
        isDead = await this.dieOnce(path, isWarm ? all[at + 1] : undefined, recovery);
      }
      if (!isDead) missed.push(point);
    }
    await this.end();
    await this.platform.restart();
    return { missed, recovery };
  }

  /**
   * Dies at each point of one path, in the order in which it is passed, while the same act is repeated: what is before
   * its effect stays before it, and the last point has it done.
   */
  async dieInTurn(
    watch: string,
    points: readonly string[],
    attempt: () => Promise<unknown>,
  ): Promise<string[]> {
    const missed: string[] = [];
    for (const [at, point] of points.entries()) {
      if (this.armed !== point) await this.arm({ watch, prepare: nothing }, point, false);
      const child = this.platform.current().process;
      const died = new Promise<boolean>((done) => child.once('exit', () => done(true)));
      const next = points[at + 1];
      const plan = this.plan(watch, next, true);
      const coming = this.platform.restart(plan.environment);
      const isOver = attempt()
        .catch(() => undefined)
        .then(() => sleep(DIES_WITHIN_MS));
      if (!(await Promise.race([died, isOver.then(() => false)]))) missed.push(point);
      await this.end();
      writeFileSync(plan.go, '');
      await coming;
      this.armed = next;
    }
    return missed;
  }

  /** As {@link CrashRunner.dieInTurn} for what a process does by itself from its start on, also before it answers. */
  async dieByItself(points: readonly string[]): Promise<string[]> {
    const missed: string[] = [];
    for (const point of points) {
      await this.end();
      const deaths = this.fired().length;
      const isUp = await this.platform.restart(this.plan('', point).environment).then(
        () => true,
        () => false,
      );
      const until = performance.now() + (isUp ? DIES_WITHIN_MS : 0);
      while (this.fired().length === deaths && performance.now() < until) await sleep(20);
      if (this.fired().length === deaths) missed.push(point);
    }
    this.armed = undefined;
    await this.end();
    await this.platform.restart();
    return missed;
  }

  /** The points of a path, each as often as it is passed, from the start of the process. */
  async trace(watch: string, act: () => Promise<unknown>): Promise<string[]> {
    const trace = this.file('trace');
    writeFileSync(trace, '');
    await this.end();
    await this.platform.restart(crashEnvironment({ watch, trace }));
    this.armed = undefined;
    await act();
    await sleep(10 * SETTLES_MS);
    return linesOf(trace);
  }

  /** True where the process ended itself. In each case the next one runs, armed for `next` where that is given. */
  private async dieOnce({ watch, prepare }: Path, next: string | undefined, recovery: RecoveryTimes) {
    const child = this.platform.current().process;
    const died = new Promise<boolean>((done) => child.once('exit', () => done(true)));
    const act = await prepare();
    await this.settled();
    const plan = this.plan(watch, next, true);
    const coming = this.platform.restart(plan.environment);
    const isOver = act
      .first()
      .catch(() => undefined)
      .then(() => sleep(DIES_WITHIN_MS));
    const isDead = await Promise.race([died, isOver.then(() => false)]);
    const diedAt = performance.now();
    await this.end();
    writeFileSync(plan.go, '');
    await coming;
    this.armed = next;
    await act.again();
    if (isDead) recovery.add(performance.now() - diedAt);
    return isDead;
  }

  /** The process that runs is to die there: warm, it has done the like before. */
  private async arm({ watch, prepare }: Path, point: string, isWarm: boolean): Promise<void> {
    if (isWarm && this.armed === point) return;
    await this.end();
    await this.platform.restart(this.plan(watch, point).environment);
    this.armed = point;
    if (isWarm) await (await prepare()).again();
  }

  private async listOnce(watch: string, prepare: Path['prepare'], isWarm: boolean): Promise<string[]> {
    const trace = this.file(`list-${isWarm}`);
    writeFileSync(trace, '');
    await this.end();
    await this.platform.restart(crashEnvironment({ watch, trace }));
    this.armed = undefined;
    if (isWarm) await (await prepare()).again();
    const act = await prepare();
    await this.settled();
    await act.first();
    await this.settled();
    await sleep(10 * SETTLES_MS);
    return distinct(linesOf(trace));
  }

  /**
   * What earlier acts set off has come to its end, and the process that runs has its turn as the ledger's writer: it
   * begins its turn when that of a dead one is over, which may be before a watched request or after it. The turn moves
   * when it is taken, and again once its beginning is done.
   */
  private async settled(): Promise<void> {
    const turns = new Set<string>();
    await waitUntil('the ledger to have everything and its writer', 30_000, async () => {
      const [row] = await this.platform.query<{ isSettled: boolean; turn: string }>(
        `SELECT NOT EXISTS (SELECT 1 FROM vault.outbox WHERE sent_at IS NULL)
            AND NOT EXISTS (SELECT 1 FROM audit.waiting_act) AS "isSettled", turn_until::text AS turn
          FROM audit.ledger_sequence`,
      );
      turns.add(row!.turn);
      return (row!.isSettled && turns.size > TURNS_SEEN) || undefined;
    });
    await sleep(SETTLES_MS);
  }

  /** Every point at which a process ended itself. */
  fired(): string[] {
    return linesOf(this.deaths)
      .filter((line) => line.startsWith(FIRED))
      .map((line) => line.slice(FIRED.length));
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private plan(watch: string, at: string | undefined, isStandBy = false) {
    this.starts += 1;
    const go = this.file(`go-${this.starts}`);
    const environment = crashEnvironment({
      watch,
      trace: this.deaths,
      ...(at === undefined ? {} : { at }),
      ...(isStandBy ? { waitsFor: go } : {}),
    });
    return { go, environment };
  }

  private async end(): Promise<void> {
    const child = this.platform.current().process;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGKILL');
    await ended;
  }

  private file(name: string): string {
    return join(this.folder, name);
  }

  private get deaths(): string {
    return this.file('deaths');
  }
}

const linesOf = (file: string): string[] => readFileSync(file, 'utf8').split('\n').filter(Boolean);

const nothing = (): Promise<CutAct> => Promise.reject(new Error('nothing is prepared for a cold start'));

const isRead = (point: string | undefined): boolean => /: before \w+ (?:SELECT|BEGIN)/.test(point ?? '');

/**
 * Each place once. What comes right after a lasting effect is the place right before what follows; and of reads in a
 * row, between which nothing lasting happens, the first stands for all.
 */
export function distinct(passed: readonly string[]): string[] {
  return ['request', 'beside'].flatMap((scope) => {
    const own = passed.filter((point) => point.startsWith(`${scope}: `));
    return own.filter((point, at) => {
      if (point.includes(': after ')) return !own[at + 1]?.includes(': before ');
      return !isRead(point) || !isRead(own[at - 1]);
    });
  });
}
