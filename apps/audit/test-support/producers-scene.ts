import {
  checkSealedActs,
  findCommitments,
  type LedgerDifference,
  type RequestContract,
  type RequestOf,
  resendActs,
  type Reveal,
  SERVICES,
  type ServiceName,
} from '#contracts';
import { InProcessBus, OutboxRelay } from '#bus';
import { asRows, type ServiceDatabase, transact } from '#database';
import {
  checkOwnSealedActs,
  findOwnCommitments,
  Requests,
  resendOwnActs,
  revealActs,
  sealAct,
  systemCall,
} from '#service';
import { sqlSource } from '../../../libs/service/src/sql-source.js';
import { PostgresCompared } from '../src/persistence/postgres-compared.js';
import type { CompletenessPorts } from '../src/use-cases/completeness/completeness-ports.js';
import { reconcilePage } from '../src/use-cases/completeness/reconcile.js';
import { takeActs } from '../src/use-cases/take-acts.js';
import { enterBatch } from '../src/use-cases/write-ledger.js';
import { LedgerScene } from './ledger-scene.js';

/** What a spec changes behind the services' backs. */
const TAMPERED: readonly (readonly [ServiceName, string])[] = [
  ['vault', 'outbox'],
  ['vault', 'sealed_act'],
  ['audit', 'ledger_entry'],
];

/** The ledger with every service's outbox before it, each in a schema of its own, as the platform runs them. */
export class ProducersScene {
  readonly bus = new InProcessBus();
  /** While false what the relays bring is lost on the way. */
  isTaking = true;
  private readonly relays: OutboxRelay[] = [];

  private constructor(
    readonly ledger: LedgerScene,
    readonly databases: ReadonlyMap<ServiceName, ServiceDatabase>,
  ) {}

  static async start(): Promise<ProducersScene> {
    const ledger = await LedgerScene.start();
    const databases = new Map<ServiceName, ServiceDatabase>([['audit', ledger.service]]);
    for (const name of SERVICES.filter((service) => service !== 'audit')) {
      databases.set(name, await ledger.database.serviceDatabase(name, { entities: [], migrations: [] }));
    }
    const scene = new ProducersScene(ledger, databases);
    await scene.connect();
    return scene;
  }

  ports(changes: Partial<CompletenessPorts> = {}): CompletenessPorts {
    return {
      ledger: this.ledger.ports(),
      compared: new PostgresCompared(this.ledger.service),
      requests: new Requests(this.bus),
      gapPatienceMs: 0,
      ...changes,
    };
  }

  /** An act in the open, told and on its way. */
  async tell(service: ServiceName, data: Record<string, unknown> = {}): Promise<void> {
    const event = { subject: `evt.${service}.thing-done.v1`, tenderId: null, data };
    await transact(this.databases.get(service)!, systemCall('test'), (tx) => tx.emit(event));
  }

  seal(service: ServiceName, tenderId: string | null, data: Record<string, unknown> = {}): Promise<Reveal> {
    const act = { type: 'thing-sealed', tenderId, actorId: null, data };
    return transact(this.databases.get(service)!, systemCall('test'), (tx) => sealAct(tx, service, act));
  }

  async reveal(service: ServiceName, tenderId: string): Promise<void> {
    await transact(this.databases.get(service)!, systemCall('test'), (tx) =>
      revealActs(tx, service, tenderId),
    );
  }

  /** Everything that was told so far waits at the ledger. */
  async deliver(): Promise<void> {
    for (const relay of this.relays) await relay.drained();
  }

  /** Everything that was told so far has left and stands in the ledger, as far as there is no gap. */
  async settle(): Promise<void> {
    await this.deliver();
    const ports = this.ledger.ports();
    for (let count = 1; count;) {
      await this.ledger.letTurnPass();
      count = (await enterBatch(ports)) ?? 0;
    }
  }

  /** As the administrator of the database, whom no service hinders. */
  async asAdministrator(service: ServiceName, sql: string, params: unknown[] = []): Promise<unknown[]> {
    return asRows(await this.databases.get(service)!.dataSource.query(sql, params));
  }

  async keepTables(): Promise<void> {
    for (const [service, table] of TAMPERED) {
      await this.asAdministrator(service, `CREATE TABLE kept_${table} AS TABLE ${table}`);
    }
  }

  /** As {@link keepTables} found them. */
  async restoreTables(): Promise<void> {
    for (const [service, table] of TAMPERED) {
      await this.asAdministrator(service, `DELETE FROM ${table}`);
      await this.asAdministrator(service, `INSERT INTO ${table} SELECT * FROM kept_${table}`);
    }
  }

  /** All pages of the comparison, as a supervisor reads them. */
  async differences(): Promise<LedgerDifference[]> {
    const found: LedgerDifference[] = [];
    for (let after: string | undefined; ;) {
      const page = await reconcilePage(this.ports(), after === undefined ? {} : { after });
      found.push(...page.differences);
      if (page.next === null) return found;
      after = page.next;
    }
  }

  async alarms(): Promise<Record<string, unknown>[]> {
    const rows = await this.asAdministrator(
      'audit',
      `SELECT data FROM outbox WHERE subject = 'evt.audit.alarm-raised.v1' ORDER BY id`,
    );
    return (rows as { data: Record<string, unknown> }[]).map(({ data }) => data);
  }

  async close(): Promise<void> {
    await Promise.all(this.relays.map((relay) => relay.stop()));
    await this.bus.close();
    await this.ledger.close();
  }

  private async connect(): Promise<void> {
    const ports = this.ledger.ports();
    await this.bus.consume('audit', async (event) => {
      if (this.isTaking) await takeActs(ports, [event]);
    });
    for (const [service, database] of this.databases) {
      await this.serve(resendActs(service), (body) => resendOwnActs(service, database, body));
      await this.serve(findCommitments(service), (body) => findOwnCommitments(service, database, body));
      await this.serve(checkSealedActs(service), (body) => checkOwnSealedActs(service, database, body));
      const relay = new OutboxRelay({
        sql: sqlSource(database),
        producer: service,
        bus: this.bus,
        idleMs: 20,
      });
      this.relays.push(relay);
      await relay.start();
    }
  }

  private async serve<C extends RequestContract>(
    contract: C,
    answer: (body: RequestOf<C>) => Promise<unknown>,
  ): Promise<void> {
    await this.bus.serve(contract.subject, contract.service, async (envelope) => {
      const body = contract.request.parse((envelope as { readonly body: unknown }).body) as RequestOf<C>;
      return { ok: true, body: contract.response.parse(await answer(body)) };
    });
  }
}
