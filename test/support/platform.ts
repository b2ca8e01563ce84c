import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { type PlatformProcess, startPlatform } from '../../apps/cli/src/demo/platform-process.js';

export interface TestPlatform {
  readonly dataDir: string;
  /** Everything that the platform wrote to its log. */
  readonly log: () => string;
  current(): PlatformProcess;
  /** Starts the platform again on the same data and the same port, after it ended or was killed. */
  restart(environment?: Readonly<Record<string, string>>): Promise<void>;
  /** The administrator's URL of the platform's database, beyond what any service may do. */
  adminUrl(): string;
  query<T extends object>(sql: string, params?: readonly unknown[]): Promise<T[]>;
  /** Stops the platform and removes everything it kept. */
  close(): Promise<void>;
}

/** The compiled platform as a program of its own, on data that go when the test is over. */
export async function startTestPlatform({
  clockFactor,
  overNats = false,
}: {
  clockFactor: number;
  overNats?: boolean;
}): Promise<TestPlatform> {
  const dataDir = mkdtempSync(join(tmpdir(), 'sunseal-platform-'));
  let log = '';
  const program = join(process.cwd(), 'dist/apps/standalone/src/main.js');
  const options = {
    dataDir,
    clockFactor,
    program,
    overNats,
    onLog: (text: string) => void (log += text),
  };
  let running = await startPlatform({ ...options, isFresh: true });
  const port = parseInt(new URL(running.address).port, 10);
  const adminUrl = (): string => {
    const password = readFileSync(join(dataDir, 'postgres', 'admin.password'), 'utf8').trim();
    const pidFile = readFileSync(join(clusterOf(dataDir), 'postmaster.pid'), 'utf8').split('\n');
    return `postgres://sunseal_admin:${password}@127.0.0.1:${pidFile[3]}/sunseal`;
  };
  return {
    dataDir,
    log: () => log,
    current: () => running,
    restart: async (environment = {}) => {
      running = await startPlatform({ ...options, isFresh: false, port, environment });
    },
    adminUrl,
    query: async <T extends object>(sql: string, params: readonly unknown[] = []) => {
      const client = new pg.Client({ connectionString: adminUrl() });
      await client.connect();
      try {
        return (await client.query<T>(sql, [...params])).rows;
      } finally {
        await client.end();
      }
    },
    close: async () => {
      await running.stop();
      const cluster = clusterOf(dataDir);
      if (!cluster.startsWith(dataDir)) rmSync(dirname(cluster), { recursive: true, force: true });
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Where Postgres keeps its files: below the data folder, or where that points to. */
export function clusterOf(dataDir: string): string {
  const pointer = join(dataDir, 'postgres', 'cluster.path');
  return existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : join(dataDir, 'postgres', 'cluster');
}
