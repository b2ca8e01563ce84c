import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { createSigner, type OpenEntry, signerKeyOf, type VerifiedLog } from '#ledger';
import { logSource } from '../../../apps/cli/src/ledger/log-source.js';
import type { LedgerReport } from '#verify';
import { verifyLedgerAt } from '../../../apps/cli/src/ledger/verify-ledger-at.js';
import { testDatabase, type TestDatabase } from '../postgres.js';
import type { CentreOrder } from './centre-program.js';

export interface LevelSettings {
  readonly regionCode: string;
  readonly lower: readonly CentreLevel[];
  readonly audit: Readonly<Record<string, number>>;
}

/** What lies in the audit service's schema, and whoever may write it. */
const TABLES = [
  'waiting_act',
  'producer_head',
  'ledger_entry',
  'ledger_head',
  'ledger_sequence',
  'outbox',
  'outbox_head',
];

/** A centre with a ledger of its own, as a process that may be killed and started again over what it left. */
export class CentreLevel {
  private child: ChildProcess | undefined;
  private address = '';
  private seq = 0;
  private readonly seed = new Uint8Array(32);

  private constructor(
    readonly regionCode: string,
    private readonly folder: string,
    private readonly database: TestDatabase,
    private readonly urls: Readonly<Record<'audit' | 'gateway', string>>,
    private readonly settings: LevelSettings,
  ) {
    this.seed.fill(parseInt(regionCode, 10) % 251);
  }

  static async start(settings: LevelSettings): Promise<CentreLevel> {
    const database = await testDatabase();
    const folder = mkdtempSync(join(tmpdir(), 'sunseal-centre-'));
    mkdirSync(join(folder, 'portal'));
    const urls = {
      audit: await database.serviceUrl('audit'),
      gateway: await database.serviceUrl('gateway'),
    };
    const level = new CentreLevel(settings.regionCode, folder, database, urls, settings);
    await level.up();
    return level;
  }

  get origin(): string {
    return `ledger.example/${this.regionCode}`;
  }

  get url(): string {
    return `${this.address}/ledger/`;
  }

  /** As the settings of the centre above name it. */
  get asLower(): object {
    const { verifierKey } = createSigner(this.origin, this.seed).verifier;
    return { regionCode: this.regionCode, url: this.url, verifierKeys: [verifierKey] };
  }

  /** Starts it, or starts it again at the same address. */
  async up(): Promise<void> {
    const file = (name: string, text: string): string => {
      writeFileSync(join(this.folder, name), text);
      return join(this.folder, name);
    };
    const lower = JSON.stringify(this.settings.lower.map(({ asLower }) => asLower));
    const order: CentreOrder = {
      port: this.address === '' ? 0 : parseInt(new URL(this.address).port, 10),
      objects: this.objects,
      portalDir: join(this.folder, 'portal'),
      urls: this.urls,
      audit: {
        ...this.settings.audit,
        ledgerKeyFile: file('ledger.key', signerKeyOf(this.origin, this.seed)),
        lowerCentresFile: file('lower.json', lower),
        regionCode: this.regionCode,
      },
    };
    const program = join(process.cwd(), 'dist/test/support/faults/centre-program.js');
    const child = spawn(process.execPath, [program, JSON.stringify(order)], {
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.child = child;
    const [line] = (await Promise.race([
      once(createInterface({ input: child.stdout! }), 'line'),
      once(child, 'exit').then(() => Promise.reject(new Error('the centre ended before it answered'))),
    ])) as [string];
    this.address = line;
  }

  /** Killed: nothing is put in order. */
  async kill(): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  /** So many acts of a service that is not there. */
  act(count: number): void {
    this.child!.stdin!.write(`${this.seq + 1} ${count}\n`);
    this.seq += count;
  }

  /** Who may write everything here keeps a copy, and puts it back later in the place of what is there then. */
  async save(): Promise<() => Promise<void>> {
    const copy = join(this.folder, 'saved-objects');
    cpSync(this.objects, copy, { recursive: true });
    await this.asDba(TABLES.map((table) => `CREATE TABLE public.saved_${table} AS TABLE audit.${table}`));
    const { seq } = this;
    return async () => {
      rmSync(this.objects, { recursive: true, force: true });
      cpSync(copy, this.objects, { recursive: true });
      const restored = (table: string): string[] => [
        `DELETE FROM audit.${table}`,
        `INSERT INTO audit.${table} SELECT * FROM public.saved_${table}`,
      ];
      await this.asDba(TABLES.flatMap(restored));
      this.seq = seq;
    };
  }

  /** The whole ledger over HTTP, verified as anybody would. */
  verified(): Promise<{ readonly report: LedgerReport; readonly log: VerifiedLog }> {
    const source = logSource(this.url);
    return verifyLedgerAt({ source, keptFolders: [], enteredWithinMs: 3_600_000, waitForQuorumMs: 0 });
  }

  /** Its open entries of a type, oldest first. */
  async entries(type: string): Promise<OpenEntry[]> {
    const { log } = await this.verified();
    return log.entries.flatMap(({ entry }) => ('type' in entry && entry.type === type ? [entry] : []));
  }

  async close(): Promise<void> {
    await this.kill();
    await this.database.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get objects(): string {
    return join(this.folder, 'objects');
  }

  private async asDba(statements: readonly string[]): Promise<void> {
    const client = new pg.Client({ connectionString: this.database.adminUrl });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  }
}
