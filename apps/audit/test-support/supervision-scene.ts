import { randomUUID } from 'node:crypto';
import { type EventEnvelope, nameSubjects, type RequestContract, type ResponseOf } from '#contracts';
import { commit, type Reveal } from '#ledger';
import { createLog } from '#service';
import { auditSettings } from '../src/config.js';
import { configuredWriter } from '../src/exports/configured-writer.js';
import { PostgresExports } from '../src/persistence/supervision/postgres-exports.js';
import { PostgresAlarms } from '../src/persistence/supervision/postgres-alarms.js';
import { PostgresEntrySearch } from '../src/persistence/supervision/postgres-entry-search.js';
import { takeActs } from '../src/use-cases/take-acts.js';
import { enterBatch } from '../src/use-cases/write-ledger.js';
import type { SupervisionPorts } from '../src/use-cases/supervision/supervision-ports.js';
import { actOf, LedgerScene } from './ledger-scene.js';
import { THRESHOLDS } from './thresholds.js';

type Names = ResponseOf<typeof nameSubjects>;

/** The ledger of a test with supervision over it; names are those that the test gives. */
export class SupervisionScene {
  readonly names: { people: Names['people']; organisations: Names['organisations'] } = {
    people: [],
    organisations: [],
  };
  private readonly seqs = new Map<string, number>();

  private constructor(
    readonly ledger: LedgerScene,
    readonly ports: SupervisionPorts,
  ) {}

  static async start(): Promise<SupervisionScene> {
    const ledger = await LedgerScene.start();
    const { database } = ledger.rows as unknown as { database: never };
    const signed = { signature: 'a.b.c', platformCertificatePem: 'pem' };
    const ask = async (contract: RequestContract) => (contract === nameSubjects ? scene.names : signed);
    const scene: SupervisionScene = new SupervisionScene(ledger, {
      ledger: ledger.ports(),
      search: new PostgresEntrySearch(database),
      alarms: new PostgresAlarms(database),
      exports: new PostgresExports(database),
      writer: configuredWriter(auditSettings.parse({})),
      requests: { ask } as never,
      thresholds: THRESHOLDS,
      log: createLog('audit', 'silent'),
    });
    return scene;
  }

  /** Enters one act after the other, each in a batch of its own, so that their order is known. */
  async enter(...acts: readonly Partial<EventEnvelope>[]): Promise<void> {
    for (const act of acts) {
      const producer = act.producer ?? 'tendering';
      const seq = (this.seqs.get(producer) ?? 0) + 1;
      this.seqs.set(producer, seq);
      await takeActs(this.ports.ledger, [
        { ...actOf(producer, seq), occurredAt: new Date().toISOString(), ...act },
      ]);
      await enterBatch(this.ports.ledger);
    }
  }

  /** Enters the commitment to an act and gives what reveals it. */
  async seal(producer: string, event: Omit<Reveal['event'], 'v'>): Promise<Reveal> {
    const salt = new Uint8Array(32).fill((this.seqs.get(producer) ?? 0) + 1);
    const whole = { v: 1, ...event } as Reveal['event'];
    const sealed = commit(whole, salt);
    await this.enter({ producer, subject: `evt.${producer}.act-sealed.v1`, data: { sealed } });
    return { sealed, salt: Buffer.from(salt).toString('hex'), event: whole };
  }

  close(): Promise<void> {
    return this.ledger.close();
  }
}

export const tenderPublished = (
  tenderId: string,
  data: Record<string, unknown> = {},
): Partial<EventEnvelope> => ({
  subject: 'evt.tendering.tender-published.v1',
  tenderId,
  data: {
    title: { zh: '道路', en: 'Road' },
    regionCode: '630102',
    deadlineAt: '2026-12-20T08:00:00.000Z',
    ...data,
  },
});

export const newId = (): string => randomUUID();
