import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestPlatform } from '../platform.js';
import { borrowProcess, type BorrowedProcess, hasGone, startAgain } from './borrowed-process.js';

/** The broker of a platform over NATS, killed and started again at the same address, under services that run on. */
export class Broker {
  private readonly folder: string;
  private readonly port: number;
  private server: BorrowedProcess;

  constructor({ dataDir }: TestPlatform) {
    this.folder = join(dataDir, 'nats');
    const { pid, url } = this.running()!;
    this.server = borrowProcess(pid);
    this.port = parseInt(new URL(url).port, 10);
  }

  async kill(): Promise<void> {
    process.kill(this.server.pid, 'SIGKILL');
    await hasGone(this.server);
    for (const name of readdirSync(this.ports)) rmSync(join(this.ports, name));
  }

  /** Everything that it kept goes: its streams, and who had heard what. */
  empty(): void {
    rmSync(join(this.folder, 'jetstream'), { recursive: true, force: true });
  }

  /** Resolves when it takes connections. */
  async start(): Promise<void> {
    const file = join(this.folder, 'nats-server.json');
    const settings = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...settings, port: this.port }));
    startAgain(this.server);
    while (this.running() === undefined) await sleep(20);
    this.server = borrowProcess(this.running()!.pid);
  }

  /** Nobody else ends what a test has started. */
  async end(): Promise<void> {
    process.kill(this.server.pid, 'SIGTERM');
    await hasGone(this.server);
  }

  /** The server writes its pid and address into a file once it takes connections. */
  private running(): { readonly pid: number; readonly url: string } | undefined {
    for (const name of readdirSync(this.ports)) {
      const text = readFileSync(join(this.ports, name), 'utf8');
      const url = text.endsWith('}') ? (JSON.parse(text) as { nats?: string[] }).nats?.[0] : undefined;
      if (url !== undefined) return { pid: parseInt(/_(\d+)\.ports$/.exec(name)![1]!, 10), url };
    }
    return undefined;
  }

  private get ports(): string {
    return join(this.folder, 'ports');
  }
}
