import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { clusterOf, type TestPlatform } from '../platform.js';
import { borrowProcess, type BorrowedProcess, hasGone, isAlive, startAgain } from './borrowed-process.js';

/** The Postgres of a test platform, stopped and started as its operator would, under the platform that runs on. */
export class PostgresServer {
  private server: BorrowedProcess;

  constructor(private readonly platform: TestPlatform) {
    this.server = borrowProcess(this.pid());
  }

  /** `pg_ctl stop -m immediate`: nothing is written any more, and the next start recovers. */
  async stopImmediately(): Promise<void> {
    this.server = borrowProcess(this.pid());
    process.kill(this.server.pid, 'SIGQUIT');
    await hasGone(this.server);
  }

  /** Starts it on the same port where it does not run; resolves when it answers. */
  async start(): Promise<void> {
    if (!isAlive(this.server.pid)) startAgain(this.server);
    for (;;) {
      try {
        await this.platform.query('SELECT 1');
        this.server = borrowProcess(this.pid());
        return;
      } catch {
        if (!existsSync(this.pidFile) && !isAlive(this.server.pid)) startAgain(this.server);
        await sleep(50);
      }
    }
  }

  private pid(): number {
    return parseInt(readFileSync(this.pidFile, 'utf8').split('\n')[0]!, 10);
  }

  private get pidFile(): string {
    return join(clusterOf(this.platform.dataDir), 'postmaster.pid');
  }
}
