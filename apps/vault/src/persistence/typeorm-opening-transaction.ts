import type { Instant, Uuid } from '#kernel';
import type { Reveal } from '#contracts';
import { rowsOf, type Tx } from '#database';
import type { Share } from '#sealing';
import { sealAct } from '#service';
import type { EnvelopeToDestroy } from '../domain/opening/envelopes-to-destroy.js';
import type { GivenShare } from '../domain/opening/envelopes-to-open.js';
import type { Objection } from '../domain/opening/objection.js';
import type { Opening } from '../domain/opening/opening.js';
import type { OpenedItem } from '../domain/opening/verdict.js';
import type {
  OpeningNotice,
  OpeningRef,
  OpeningTransaction,
  SignedRelease,
} from '../use-cases/opening/openings.port.js';
import type { VaultTransaction } from '../use-cases/vault.port.js';
import { OpeningEntity } from './opening.entity.js';
import { readItems, readReleases } from './read-openings.js';
import { TypeormVaultTransaction } from './typeorm-vault-transaction.js';

const ROWS_AT_ONCE = 500;
const OF_OPENING = 'tender_id = $1 AND envelope_id = $2';

export class TypeormOpeningTransaction implements OpeningTransaction {
  readonly vault: VaultTransaction;

  constructor(private readonly tx: Tx) {
    this.vault = new TypeormVaultTransaction(tx);
  }

  async clockFactor(): Promise<number> {
    const [row] = await this.tx.query<{ factor: number }>('SELECT platform.clock_factor() AS factor');
    return row!.factor;
  }

  async begin(opening: Opening): Promise<boolean> {
    const { tenderId, envelopeId } = opening;
    const begun = await this.tx.query(
      `INSERT INTO opening (tender_id, envelope_id, document) VALUES ($1, $2, $3)
       ON CONFLICT DO NOTHING RETURNING tender_id`,
      [tenderId, envelopeId, JSON.stringify(opening)],
    );
    return begun.length === 1;
  }

  async load({ tenderId, envelopeId }: OpeningRef): Promise<Opening | undefined> {
    const where = { tenderId, envelopeId };
    const lock = { mode: 'pessimistic_write' } as const;
    return (await this.tx.manager.findOne(OpeningEntity, { where, lock }))?.document;
  }

  async save(opening: Opening): Promise<void> {
    const { tenderId, envelopeId } = opening;
    await this.tx.query(`UPDATE opening SET document = $3 WHERE ${OF_OPENING}`, [
      tenderId,
      envelopeId,
      JSON.stringify(opening),
    ]);
  }

  async addShares(
    { tenderId, envelopeId }: OpeningRef,
    trusteeIndex: number,
    shares: readonly GivenShare[],
  ): Promise<number> {
    await this.tx.query(
      `INSERT INTO opening_share (tender_id, envelope_id, trustee_index, manifest_sha256, share)
       VALUES ${rowsOf(shares.length, 5)} ON CONFLICT DO NOTHING`,
      shares.flatMap(({ manifestSha256, share }) => [
        tenderId,
        envelopeId,
        trusteeIndex,
        manifestSha256,
        JSON.stringify(share),
      ]),
    );
    const [row] = await this.tx.query<{ count: number }>(
      `SELECT count(*)::integer AS count FROM opening_share WHERE ${OF_OPENING} AND trustee_index = $3`,
      [tenderId, envelopeId, trusteeIndex],
    );
    return row!.count;
  }

  async sharesOf({ tenderId, envelopeId }: OpeningRef, trusteeIndex: number): Promise<Record<string, Share>> {
    const rows = await this.tx.query<{ manifest: string; share: Share }>(
      `SELECT manifest_sha256 AS manifest, share FROM opening_share WHERE ${OF_OPENING} AND trustee_index = $3`,
      [tenderId, envelopeId, trusteeIndex],
    );
    return Object.fromEntries(rows.map(({ manifest, share }) => [manifest, share]));
  }

  async addItem({ tenderId, envelopeId }: OpeningRef, item: OpenedItem): Promise<number> {
    await this.tx.query(
      `INSERT INTO opened_envelope (tender_id, envelope_id, alias, item) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING`,
      [tenderId, envelopeId, item.alias, JSON.stringify(item)],
    );
    const [row] = await this.tx.query<{ count: number }>(
      `SELECT count(*)::integer AS count FROM opened_envelope WHERE ${OF_OPENING}`,
      [tenderId, envelopeId],
    );
    return row!.count;
  }

  items(ref: OpeningRef): Promise<OpenedItem[]> {
    return readItems(this.tx.query, ref);
  }

  async keepRelease(
    { tenderId, envelopeId }: OpeningRef,
    alias: string,
    release: SignedRelease,
  ): Promise<void> {
    await this.tx.query(
      'INSERT INTO bidder_key_release (tender_id, envelope_id, alias, jws, sha256) VALUES ($1, $2, $3, $4, $5)',
      [tenderId, envelopeId, alias, release.jws, release.sha256],
    );
  }

  releases(ref: OpeningRef, aliases: readonly string[]): Promise<Map<string, SignedRelease>> {
    return readReleases(this.tx.query, ref, aliases);
  }

  async keepRescue({ tenderId, envelopeId }: OpeningRef, alias: string, identity: string): Promise<void> {
    await this.tx.query(
      `INSERT INTO rescue_identity (tender_id, envelope_id, alias, identity) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING`,
      [tenderId, envelopeId, alias, identity],
    );
  }

  async forgetRescue({ tenderId, envelopeId }: OpeningRef): Promise<void> {
    await this.tx.query(`DELETE FROM rescue_identity WHERE ${OF_OPENING}`, [tenderId, envelopeId]);
  }

  async countObjections({ tenderId, envelopeId }: OpeningRef, objectorId: Uuid): Promise<number> {
    const [row] = await this.tx.query<{ count: number }>(
      `SELECT count(*)::integer AS count FROM opening_objection WHERE ${OF_OPENING} AND objector_id = $3`,
      [tenderId, envelopeId, objectorId],
    );
    return row!.count;
  }

  async addObjection(ref: OpeningRef, objectorId: Uuid, objection: Objection): Promise<void> {
    await this.tx.query(
      'INSERT INTO opening_objection (tender_id, envelope_id, objector_id, objection) VALUES ($1, $2, $3, $4)',
      [ref.tenderId, ref.envelopeId, objectorId, JSON.stringify(objection)],
    );
  }

  async planDestruction(
    tenderId: Uuid,
    envelopes: readonly EnvelopeToDestroy[],
    after: Instant,
  ): Promise<void> {
    for (let at = 0; at < envelopes.length; at += ROWS_AT_ONCE) {
      const rows = envelopes.slice(at, at + ROWS_AT_ONCE);
      await this.tx.query(
        `INSERT INTO planned_destruction (tender_id, manifest_sha256, alias, envelope_id, sha256, not_before)
         VALUES ${rowsOf(rows.length, 6)} ON CONFLICT DO NOTHING`,
        rows.flatMap(({ manifestSha256, alias, envelopeId, sha256 }) => [
          tenderId,
          manifestSha256,
          alias,
          envelopeId,
          sha256,
          after,
        ]),
      );
    }
  }

  async markDestroyed(tenderId: Uuid, manifestSha256: string, at: Instant): Promise<boolean> {
    const marked = await this.tx.query(
      `UPDATE planned_destruction SET destroyed_at = $3
       WHERE tender_id = $1 AND manifest_sha256 = $2 AND destroyed_at IS NULL RETURNING manifest_sha256`,
      [tenderId, manifestSha256, at],
    );
    return marked.length === 1;
  }

  async postponeDestruction(tenderId: Uuid, manifestSha256: string, until: Instant): Promise<void> {
    await this.tx.query(
      'UPDATE planned_destruction SET not_before = $3 WHERE tender_id = $1 AND manifest_sha256 = $2',
      [tenderId, manifestSha256, until],
    );
  }

  async tell(tenderId: Uuid, { type, data }: OpeningNotice, actorId: Uuid | null = null): Promise<void> {
    await this.tx.emit({ subject: `evt.vault.${type}.v1`, tenderId, actorId, data });
  }

  sealKeyAct(
    type: 'rescue-revealed' | 'bidder-key-released',
    tenderId: Uuid,
    actorId: Uuid | null,
    data: Readonly<Record<string, unknown>>,
  ): Promise<Reveal> {
    return sealAct(this.tx, 'vault', { type, tenderId, actorId, data });
  }
}
