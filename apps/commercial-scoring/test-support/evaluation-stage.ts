import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { contentKey, jcsBytes } from '#kernel';
import type { Actor, EventEnvelope, Role } from '#contracts';
import type { ServiceDatabase } from '#database';
import type { Method } from '#evaluation';
import { InProcessBus } from '#bus';
import { type Call, MUTABLE_PREFIXES, Requests } from '#service';
import { FileObjectStore } from '#storage';
import { type BidderLine, writeBidderBoq, writeBuyerBoq } from '../../cli/src/workbooks/write-boq.js';
import { createOwnKey } from '../../../libs/sealing/src/envelope-key.js';
import { type TestDatabase, testDatabase } from '../../../test/support/postgres.js';
import { commercialScoringService } from '../src/commercial-scoring.module.js';
import { TypeormBills } from '../src/persistence/typeorm-bills.js';
import { TypeormEvaluations } from '../src/persistence/typeorm-evaluations.js';
import { KeptReports } from '../src/reports/kept-reports.js';
import * as evaluating from '../src/use-cases/evaluate-offers.js';
import type { EvaluationPorts } from '../src/use-cases/evaluation-ports.js';
import { rememberBuyer, rememberOwners } from '../src/use-cases/read-reports.js';

export interface StagedBid {
  readonly alias: string;
  readonly price: string;
  /** Beside the price, as it stands in the offer. */
  readonly stated?: Readonly<Record<string, unknown>>;
  readonly lines?: readonly BidderLine[];
  readonly technical?: string;
}

export interface StagedTender {
  readonly tenderId: string;
  readonly tid: string;
  readonly buyer: Actor;
  readonly supervisor: Actor;
  readonly bidders: ReadonlyMap<string, Actor>;
  /** As published in the opening records. */
  readonly identities: readonly { readonly manifestSha256: string; readonly identity: string }[];
}

const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');
const actorOf = (role: Role, organisationId: string | null = null): Actor => ({
  personId: randomUUID(),
  roles: [role],
  organisationId,
});

export const BUYER_LINES = [
  { code: '010101001', name: '挖土方', unit: 'm3', quantity: '10' },
  { code: '010101002', name: '回填', unit: 'm3', quantity: '4' },
];
/** A bill that comes to 14 × the price of a unit. */
export const linesAt = (unitPrice: string): BidderLine[] =>
  BUYER_LINES.map((line) => ({ ...line, unitPrice }));

/** The service's use cases on a real database and a folder of objects; what other services tell is told by the test. */
export class EvaluationStage {
  private constructor(
    private readonly test: TestDatabase,
    private readonly database: ServiceDatabase,
    private readonly folder: string,
    private readonly store: FileObjectStore,
  ) {}

  static async start(): Promise<EvaluationStage> {
    const test = await testDatabase();
    const { entities, migrations } = commercialScoringService;
    const database = await test.serviceDatabase('commercial-scoring', { entities, migrations });
    const folder = mkdtempSync(join(tmpdir(), 'sunseal-evaluation-'));
    const store = new FileObjectStore({ root: folder, mutablePrefixes: MUTABLE_PREFIXES });
    return new EvaluationStage(test, database, folder, store);
  }

  async close(): Promise<void> {
    await this.test.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  ports(): EvaluationPorts {
    return {
      evaluations: new TypeormEvaluations(this.database),
      bills: new TypeormBills(this.database),
      reports: new KeptReports(this.store),
      store: this.store,
      requests: new Requests(new InProcessBus()),
      random: (length) => randomBytes(length),
    };
  }

  call(actor: Actor): Call {
    const { personId: actorId } = actor;
    const idempotencyKey = randomUUID();
    return { actor, actorId, correlationId: randomUUID(), subject: 'test', idempotencyKey, body: null };
  }

  event(tenderId: string, actorId: string | null = null): EventEnvelope {
    const id = randomUUID();
    return { id, tenderId, actorId, correlationId: id } as Partial<EventEnvelope> as EventEnvelope;
  }

  async letHoursPass(hours: number): Promise<void> {
    const client = new pg.Client({ connectionString: this.test.adminUrl });
    await client.connect();
    await client.query(
      `UPDATE platform.clock SET virtual_epoch = virtual_epoch + make_interval(hours => ${hours})`,
    );
    await client.end();
  }

  /** What the service put into its outbox about a tender, in order. */
  async told(tenderId: string, type: string): Promise<Record<string, unknown>[]> {
    const rows = await this.database.dataSource.query<{ data: Record<string, unknown> }[]>(
      'SELECT data FROM outbox WHERE tender_id = $1 AND subject = $2 ORDER BY id',
      [tenderId, `evt.commercial-scoring.${type}.v1`],
    );
    return rows.map(({ data }) => data);
  }

  /** A tender from publication to open commercial envelopes, with scores of the same method's panel left out. */
  async tender(method: Method, bids: readonly StagedBid[]): Promise<StagedTender> {
    const ports = this.ports();
    const tenderId = randomUUID();
    const tid = sha256(tenderId);
    const buyer = actorOf('buyer');
    const bidders = new Map(bids.map(({ alias }) => [alias, actorOf('bidder', randomUUID())]));
    const boq = await this.put('documents', await writeBuyerBoq(BUYER_LINES, { title: '工程量清单' }));
    const published = this.event(tenderId, buyer.personId);
    await rememberBuyer(ports, published);
    const data = { tid, method, ceilingPrice: '1000000', boq: { sha256: boq.sha256 } } as never;
    await evaluating.prepare(ports, data, published);
    const part = { part: 1, parts: 1 };
    const technical = await this.items(bids, 'technical', () => Promise.resolve([]));
    const opened = { openedBy: 'trustees' as const, ...part };
    await evaluating.takeOpened(
      ports,
      { ...opened, envelopeId: 'technical', items: technical },
      this.event(tenderId),
    );
    const results = bids.map(({ alias }) => ({ alias, score: '1', rounded: '1', isPassed: true }));
    await evaluating.takeScores(ports, { ...part, results, sheets: [] }, this.event(tenderId));
    const owners = [...bidders].map(([alias, { organisationId }]) => ({
      alias,
      organisationId: organisationId!,
      certificateSha256: sha256(alias),
    }));
    await rememberOwners(ports, { ...part, bidders: owners }, this.event(tenderId));
    const commercial = await this.items(bids, 'commercial', (bid) => this.envelope(bid));
    await evaluating.takeOpened(
      ports,
      { ...opened, envelopeId: 'commercial', items: commercial },
      this.event(tenderId),
    );
    const identities = [...technical, ...commercial];
    return { tenderId, tid, buyer, supervisor: actorOf('supervisor'), bidders, identities };
  }

  private items(
    bids: readonly StagedBid[],
    envelopeId: string,
    partsOf: (bid: StagedBid) => Promise<readonly StoredPart[]>,
  ) {
    return Promise.all(
      bids.map(async (bid) => ({
        alias: bid.alias,
        manifestSha256: sha256(`${randomUUID()} ${envelopeId}`),
        age: { sha256: sha256(bid.alias), size: 1 },
        identity: (await createOwnKey((length) => randomBytes(length))).identity,
        result: 'opened' as const,
        fault: null,
        code: null,
        consequence: 'admitted' as const,
        parts: [...(await partsOf(bid))],
      })),
    );
  }

  private async envelope({ price, stated, lines }: StagedBid): Promise<StoredPart[]> {
    const offer = jcsBytes({ v: 1, price, currency: 'CNY', ...stated });
    const boq = lines && (await writeBidderBoq(lines, { title: '投标报价' }));
    return [
      { name: 'offer.json', mediaType: 'application/json', ...(await this.put('opened', offer)) },
      ...(boq ? [{ name: 'boq.xlsx', mediaType: 'xlsx', ...(await this.put('opened', boq)) }] : []),
    ];
  }

  private async put(prefix: 'documents' | 'opened', bytes: Uint8Array) {
    const [digest, size] = [sha256(bytes), bytes.length];
    const key = contentKey(prefix, digest);
    await this.store.put(key, bytes, { expect: { sha256: digest, size } });
    return { sha256: digest, size, key };
  }
}

interface StoredPart {
  readonly name: string;
  readonly mediaType: string;
  readonly sha256: string;
  readonly size: number;
  readonly key: string;
}
