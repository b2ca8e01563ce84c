import { type EntityManager, In } from 'typeorm';
import { DomainError, type Instant, type Uuid } from '#kernel';
import type { EventEnvelope, Reveal } from '#contracts';
import {
  asRows,
  clockTogether,
  type Outcome,
  readClock,
  ReadTogether,
  type ServiceDatabase,
  takeOnce,
  transact,
  transactGroup,
} from '#database';
import type { Call } from '#service';
import type { SignedManifest } from '../domain/bid-act.js';
import type { BidProgress } from '../domain/bid-progress.js';
import type { FinalBid } from '../domain/close-bids.js';
import type { SealedTender } from '../domain/sealed-tender.js';
import {
  type IntakeTransaction,
  type KeptBody,
  type Slice,
  Vault,
  type VaultTransaction,
} from '../use-cases/vault.port.js';
import { readBodies, readProgress } from './read-progress.js';
import { readFinalBids, readSignedManifests } from './final-bids.js';
import { ParticipationEntity } from './participation.entity.js';
import { SealedTenderEntity } from './sealed-tender.entity.js';
import { TypeormIntakeTransaction } from './typeorm-intake-transaction.js';
import { TypeormVaultTransaction } from './typeorm-vault-transaction.js';

const BODIES_AT_ONCE = 200;

/** The vault in Postgres, in a schema that no other service's role can read. */
export class TypeormVault extends Vault {
  readonly now = clockTogether((sql) => this.manager.query(sql));

  private readonly tenders = new ReadTogether<Uuid, SealedTender>(async (ids) => {
    const rows = await this.manager.findBy(SealedTenderEntity, { tenderId: In([...ids]) });
    return new Map(rows.map(({ tenderId, document }) => [tenderId, document]));
  });

  constructor(private readonly database: ServiceDatabase) {
    super();
  }

  transact<T>(call: Call, work: (tx: VaultTransaction) => Promise<T>): Promise<T> {
    return transact(this.database, call, (tx) => work(new TypeormVaultTransaction(tx)));
  }

  transactGroup<T>(
    calls: readonly Call[],
    work: (tx: IntakeTransaction, open: readonly number[]) => Promise<readonly Outcome<T>[]>,
  ): Promise<Outcome<T>[]> {
    return transactGroup<T>(this.database, calls, (tx, open) => work(new TypeormIntakeTransaction(tx), open));
  }

  async take(event: EventEnvelope, work: (tx: VaultTransaction) => Promise<void>): Promise<void> {
    await takeOnce(this.database, 'vault', event, (tx) => work(new TypeormVaultTransaction(tx)));
  }

  newId(): Uuid {
    return this.database.newEventId();
  }

  async isDemonstration(): Promise<boolean> {
    return (await readClock((sql) => this.manager.query(sql))).factor !== 1;
  }

  async tender(tenderId: Uuid): Promise<SealedTender> {
    const tender = await this.tenders.of(tenderId);
    if (!tender)
      throw new DomainError('tender.unknown', `No tender ${tenderId} takes bids here.`, { tenderId });
    return tender;
  }

  async participation(tenderId: Uuid, organisationId: Uuid): Promise<{ joinedAt: Instant } | undefined> {
    const row = await this.manager.findOneBy(ParticipationEntity, { tenderId, organisationId });
    return row ? { joinedAt: row.joinedAt } : undefined;
  }

  progressOf(tenderId: Uuid, organisationId: Uuid): Promise<BidProgress[]> {
    return readProgress(this.manager, { tenderId, organisationId });
  }

  bodies(tenderId: Uuid, organisationId: Uuid): Promise<ReadonlySet<string>> {
    return readBodies(this.manager, { tenderId, organisationId });
  }

  async *keptBodies(): AsyncGenerator<KeptBody> {
    let after = '';
    for (;;) {
      const rows: { sha256: string; size: string; document: SealedTender }[] = await this.manager.query(
        `SELECT DISTINCT ON (body.sha256) body.sha256, body.size, tender.document
         FROM envelope_body AS body JOIN sealed_tender AS tender USING (tender_id)
         WHERE body.sha256 > $1 AND NOT EXISTS (
           SELECT 1 FROM planned_destruction AS gone WHERE gone.sha256 = body.sha256 AND gone.destroyed_at IS NOT NULL)
         ORDER BY body.sha256 LIMIT $2`,
        [after, BODIES_AT_ONCE],
      );
      for (const { sha256, size, document } of rows) yield { tender: document, sha256, size: Number(size) };
      if (rows.length < BODIES_AT_ONCE) return;
      after = rows.at(-1)!.sha256;
    }
  }

  finalBids(tenderId: Uuid): Promise<FinalBid[]> {
    return readFinalBids(this.query, tenderId);
  }

  signedManifests(tenderId: Uuid, sha256s: readonly string[]): Promise<SignedManifest[]> {
    return readSignedManifests(this.query, tenderId, sha256s);
  }

  revealed(tenderId: Uuid, { offset, limit }: Slice): Promise<Reveal[]> {
    return this.query(
      `SELECT sealed, salt, event FROM sealed_act WHERE tender_id = $1 AND revealed_at IS NOT NULL
       ORDER BY id OFFSET $2 LIMIT $3`,
      [tenderId, offset, limit],
    );
  }

  async countRevealed(tenderId: Uuid): Promise<number> {
    const [row] = await this.query<{ count: number }>(
      'SELECT count(*)::integer AS count FROM sealed_act WHERE tender_id = $1 AND revealed_at IS NOT NULL',
      [tenderId],
    );
    return row!.count;
  }

  private readonly query = async <T>(sql: string, params: readonly unknown[] = []): Promise<T[]> =>
    asRows<T>(await this.manager.query(sql, [...params]));

  private get manager(): EntityManager {
    return this.database.dataSource.manager;
  }
}
