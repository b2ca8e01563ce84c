import { DomainError, type Instant, type Uuid } from '#kernel';
import type { Reveal } from '#contracts';
import type { Tx } from '#database';
import { revealActs, sealAct } from '#service';
import type { BidAct } from '../domain/bid-act.js';
import type { BidProgress } from '../domain/bid-progress.js';
import type { DrawnBid, FinalBid } from '../domain/close-bids.js';
import type { BidderEnvelope } from '../domain/opening/envelopes-to-destroy.js';
import type { SealedTender } from '../domain/sealed-tender.js';
import type {
  ClaimOutcome,
  Passed,
  SealedAct,
  StoredBody,
  VaultEvent,
  VaultTransaction,
} from '../use-cases/vault.port.js';
import { BidActEntity } from './bid-act.entity.js';
import { insertFinalBids, readFinalBids, readLastAccepted, readStoredEnvelopes } from './final-bids.js';
import { ParticipationEntity } from './participation.entity.js';
import { queueStamps } from './queue-stamps.js';
import { readBodies, readProgress } from './read-progress.js';
import { SealedTenderEntity } from './sealed-tender.entity.js';

const LOCKS = { intake: 'pessimistic_read', close: 'pessimistic_write' } as const;

export class TypeormVaultTransaction implements VaultTransaction {
  readonly now: Instant;

  constructor(private readonly tx: Tx) {
    this.now = tx.now;
  }

  clock(): Promise<Instant> {
    return this.tx.clock();
  }

  async loadTender(tenderId: Uuid, lock: 'intake' | 'close'): Promise<SealedTender> {
    const row = await this.tx.manager.findOne(SealedTenderEntity, {
      where: { tenderId },
      lock: { mode: LOCKS[lock] },
    });
    if (!row) throw new DomainError('tender.unknown', `No tender ${tenderId} takes bids here.`, { tenderId });
    return row.document;
  }

  async saveTender(tender: SealedTender): Promise<void> {
    await this.tx.manager.save(SealedTenderEntity, { tenderId: tender.tenderId, document: tender });
  }

  async lockParticipation(tenderId: Uuid, organisationId: Uuid): Promise<{ joinedAt: Instant } | undefined> {
    const row = await this.tx.manager.findOne(ParticipationEntity, {
      where: { tenderId, organisationId },
      lock: { mode: 'pessimistic_write' },
    });
    return row ? { joinedAt: row.joinedAt } : undefined;
  }

  countParticipations(tenderId: Uuid): Promise<number> {
    return this.tx.manager.countBy(ParticipationEntity, { tenderId });
  }

  async addParticipation(tenderId: Uuid, organisationId: Uuid, joinedAt: Instant): Promise<void> {
    await this.tx.manager.insert(ParticipationEntity, { tenderId, organisationId, joinedAt });
  }

  async addAct({ act, proofs, refusedCode, acceptedAt }: BidProgress): Promise<void> {
    const { tenderId, organisationId, seq } = act;
    const state = { proofs, refusedCode, acceptedAt, acceptance: null };
    const row = { tenderId, organisationId, seq, document: act as never, ...state };
    await this.tx.manager.insert(BidActEntity, row);
  }

  queueStamp(act: BidAct): Promise<void> {
    return queueStamps(this.tx.query, [act]);
  }

  async claim(tenderId: Uuid, sealed: string): Promise<ClaimOutcome | undefined> {
    const [row] = await this.tx.query<{ outcome: ClaimOutcome }>(
      'SELECT outcome FROM mailbox_claim WHERE tender_id = $1 AND sealed = $2',
      [tenderId, sealed],
    );
    return row?.outcome;
  }

  async saveClaim(tenderId: Uuid, sealed: string, outcome: ClaimOutcome): Promise<void> {
    await this.tx.query(
      `INSERT INTO mailbox_claim (tender_id, sealed, outcome) VALUES ($1, $2, $3)
       ON CONFLICT (tender_id, sealed) DO UPDATE SET outcome = excluded.outcome`,
      [tenderId, sealed, JSON.stringify(outcome)],
    );
  }

  progressOf(tenderId: Uuid, organisationId: Uuid): Promise<BidProgress[]> {
    return readProgress(this.tx.manager, { tenderId, organisationId });
  }

  lastAccepted(tenderId: Uuid): AsyncIterable<readonly BidProgress[]> {
    return readLastAccepted(this.tx.query, tenderId);
  }

  storedEnvelopes(tenderId: Uuid): Promise<BidderEnvelope[]> {
    return readStoredEnvelopes(this.tx.query, tenderId);
  }

  async saveProofs(
    act: BidAct,
    proofs: 'verified' | 'refused',
    refusedCode: string | null,
  ): Promise<boolean> {
    const { tenderId, organisationId, seq } = act;
    const row = { tenderId, organisationId, seq, proofs: 'unverified' as const };
    const { affected } = await this.tx.manager.update(BidActEntity, row, { proofs, refusedCode });
    return affected === 1;
  }

  async saveAccepted(act: BidAct, acceptedAt: Instant, acceptance: Reveal): Promise<void> {
    const { tenderId, organisationId, seq } = act;
    const row = { tenderId, organisationId, seq };
    await this.tx.manager.update(BidActEntity, row, { acceptedAt, acceptance: acceptance as never });
  }

  async addBody(body: StoredBody, organisationId: Uuid, now: Instant): Promise<Instant> {
    const { tenderId, sha256, size } = body;
    const [kept] = await this.tx.query<{ stored_at: Instant }>(
      `WITH added AS (
         INSERT INTO envelope_body (tender_id, organisation_id, sha256, size, stored_at)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING stored_at)
       SELECT stored_at FROM added
       UNION ALL SELECT stored_at FROM envelope_body WHERE tender_id = $1 AND organisation_id = $2 AND sha256 = $3`,
      [tenderId, organisationId, sha256, size, now],
    );
    return kept!.stored_at;
  }

  bodies(tenderId: Uuid, organisationId: Uuid): Promise<ReadonlySet<string>> {
    return readBodies(this.tx.manager, { tenderId, organisationId });
  }

  addFinalBids(bids: readonly DrawnBid[]): Promise<void> {
    return insertFinalBids(this.tx.query, bids);
  }

  finalBids(tenderId: Uuid): Promise<FinalBid[]> {
    return readFinalBids(this.tx.query, tenderId);
  }

  async savePassed(tenderId: Uuid, results: readonly Passed[]): Promise<void> {
    await this.tx.query(
      `UPDATE final_bid AS bid SET is_passed = result.is_passed
       FROM unnest($2::text[], $3::boolean[]) AS result (alias, is_passed)
       WHERE bid.tender_id = $1 AND bid.alias = result.alias`,
      [tenderId, results.map(({ alias }) => alias), results.map(({ isPassed }) => isPassed)],
    );
  }

  async stampStates(
    tenderId: Uuid,
    organisationIds: readonly Uuid[],
  ): ReturnType<VaultTransaction['stampStates']> {
    const rows = await this.tx.query<{
      key: string;
      isStamped: boolean;
      attempts: number;
      lastCode: string | null;
    }>(
      `SELECT organisation_id || ' ' || seq AS key, token IS NOT NULL AS "isStamped", attempts,
         last_code AS "lastCode" FROM promise_stamp
       WHERE tender_id = $1 AND organisation_id = ANY ($2)`,
      [tenderId, organisationIds],
    );
    return new Map(rows.map(({ key, ...state }) => [key, state]));
  }

  async tell(tenderId: Uuid, { type, data }: VaultEvent): Promise<void> {
    await this.tx.emit({ subject: `evt.vault.${type}.v1`, tenderId, actorId: null, data });
  }

  seal(act: SealedAct): Promise<Reveal> {
    return sealAct(this.tx, 'vault', act);
  }

  reveal(tenderId: Uuid): Promise<void> {
    return revealActs(this.tx, 'vault', tenderId);
  }

  async countRevealed(tenderId: Uuid): Promise<number> {
    const [row] = await this.tx.query<{ count: number }>(
      `SELECT count(*)::integer AS count FROM sealed_act WHERE tender_id = $1 AND revealed_at IS NOT NULL`,
      [tenderId],
    );
    return row!.count;
  }
}
