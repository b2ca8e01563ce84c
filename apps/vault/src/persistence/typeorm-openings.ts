import type { Uuid } from '#kernel';
import type { EventEnvelope } from '#contracts';
import { asRows, instantSql, type ServiceDatabase, takeOnce, transact } from '#database';
import type { Share } from '#sealing';
import type { Call } from '#service';
import type { Objection } from '../domain/opening/objection.js';
import type { Opening } from '../domain/opening/opening.js';
import type { OpenedItem } from '../domain/opening/verdict.js';
import {
  type OpeningRef,
  Openings,
  type OpeningTransaction,
  type PlannedDestruction,
  type SignedRelease,
} from '../use-cases/opening/openings.port.js';
import type { Slice } from '../use-cases/vault.port.js';
import { readItems, readReleases } from './read-openings.js';
import { TypeormOpeningTransaction } from './typeorm-opening-transaction.js';

const OF_OPENING = 'tender_id = $1 AND envelope_id = $2';
const GOES_ON = `EXISTS (
  SELECT 1 FROM sealed_tender t WHERE t.tender_id = o.tender_id AND t.document->>'stage' = 'closed'
    AND t.document->>'suspendedAt' IS NULL)`;
const HAS_ENDED = `EXISTS (
  SELECT 1 FROM sealed_tender t WHERE t.tender_id = o.tender_id AND t.document->>'stage' = 'ended')`;
const REF = 'tender_id AS "tenderId", envelope_id AS "envelopeId"';

/** Openings in Postgres: the state in one document, shares, results and objections in rows of their own. */
export class TypeormOpenings extends Openings {
  constructor(private readonly database: ServiceDatabase) {
    super();
  }

  transact<T>(call: Call, work: (tx: OpeningTransaction) => Promise<T>): Promise<T> {
    return transact(this.database, call, (tx) => work(new TypeormOpeningTransaction(tx)));
  }

  async take(event: EventEnvelope, work: (tx: OpeningTransaction) => Promise<void>): Promise<void> {
    await takeOnce(this.database, 'vault', event, (tx) => work(new TypeormOpeningTransaction(tx)));
  }

  async find({ tenderId, envelopeId }: OpeningRef): Promise<Opening | undefined> {
    const [row] = await this.query<{ document: Opening }>(
      `SELECT document FROM opening WHERE ${OF_OPENING}`,
      [tenderId, envelopeId],
    );
    return row?.document;
  }

  async list(tenderId: Uuid): Promise<Opening[]> {
    const rows = await this.query<{ document: Opening }>(
      'SELECT document FROM opening WHERE tender_id = $1 ORDER BY envelope_id DESC',
      [tenderId],
    );
    return rows.map(({ document }) => document);
  }

  items(ref: OpeningRef): Promise<OpenedItem[]> {
    return readItems(this.query, ref);
  }

  async itemsSlice(
    { tenderId, envelopeId }: OpeningRef,
    { offset, limit }: Slice,
  ): Promise<Omit<OpenedItem, 'parts'>[]> {
    const rows = await this.query<{ item: Omit<OpenedItem, 'parts'> }>(
      `SELECT item - 'parts' AS item FROM opened_envelope WHERE ${OF_OPENING}
       ORDER BY alias OFFSET $3 LIMIT $4`,
      [tenderId, envelopeId, offset, limit],
    );
    return rows.map(({ item }) => item);
  }

  async item({ tenderId, envelopeId }: OpeningRef, alias: string): Promise<OpenedItem | undefined> {
    const [row] = await this.query<{ item: OpenedItem }>(
      `SELECT item FROM opened_envelope WHERE ${OF_OPENING} AND alias = $3`,
      [tenderId, envelopeId, alias],
    );
    return row?.item;
  }

  shares(
    { tenderId, envelopeId }: OpeningRef,
    trustees: readonly number[],
    manifests: readonly string[],
  ): Promise<{ trusteeIndex: number; manifestSha256: string; share: Share }[]> {
    return this.query(
      `SELECT trustee_index AS "trusteeIndex", manifest_sha256 AS "manifestSha256", share FROM opening_share
       WHERE ${OF_OPENING} AND trustee_index = ANY($3) AND manifest_sha256 = ANY($4)
       ORDER BY trustee_index, manifest_sha256`,
      [tenderId, envelopeId, trustees, manifests],
    );
  }

  releases(ref: OpeningRef, aliases: readonly string[]): Promise<Map<string, SignedRelease>> {
    return readReleases(this.query, ref, aliases);
  }

  async rescueIdentity({ tenderId, envelopeId }: OpeningRef, alias: string): Promise<string | undefined> {
    const [row] = await this.query<{ identity: string }>(
      `SELECT identity FROM rescue_identity WHERE ${OF_OPENING} AND alias = $3`,
      [tenderId, envelopeId, alias],
    );
    return row?.identity;
  }

  async objections({ tenderId, envelopeId }: OpeningRef): Promise<Objection[]> {
    const rows = await this.query<{ objection: Objection }>(
      `SELECT objection FROM opening_objection WHERE ${OF_OPENING} ORDER BY id`,
      [tenderId, envelopeId],
    );
    return rows.map(({ objection }) => objection);
  }

  async listUnbegun(): Promise<Uuid[]> {
    const rows = await this.query<{ tenderId: Uuid }>(
      `SELECT tender_id AS "tenderId" FROM sealed_tender t WHERE document->>'stage' = 'closed'
         AND NOT EXISTS (SELECT 1 FROM opening o WHERE o.tender_id = t.tender_id AND o.envelope_id = 'technical')`,
    );
    return rows.map(({ tenderId }) => tenderId);
  }

  listDue(): Promise<OpeningRef[]> {
    return this.query(
      `SELECT ${REF} FROM opening o, (SELECT ${instantSql('platform.now()')} AS now) AS clock
       WHERE ((document->>'stage' IN ('waiting', 'in-session') AND document->>'endsAt' <= now)
          OR (document->>'stage' = 'bidder-keys' AND document->'keys'->>'until' <= now)
          OR (document->>'stage' = 'rescue' AND document->>'rescueUntil' <= now)) AND ${GOES_ON}`,
    );
  }

  listCombining(): Promise<OpeningRef[]> {
    return this.query(`SELECT ${REF} FROM opening o WHERE document->>'stage' = 'combining' AND ${GOES_ON}`);
  }

  async forgetEnded(): Promise<void> {
    await this.query(`DELETE FROM rescue_identity o WHERE ${HAS_ENDED}`);
    await this.query(`DELETE FROM bidder_key_release o WHERE ${HAS_ENDED} AND NOT EXISTS (
      SELECT 1 FROM opening p WHERE p.tender_id = o.tender_id AND p.envelope_id = o.envelope_id
        AND p.document->>'stage' IN ('opened', 'opened-by-bidders'))`);
  }

  async listToReveal(): Promise<Uuid[]> {
    const rows = await this.query<{ tenderId: Uuid }>(
      `SELECT tender_id AS "tenderId" FROM sealed_tender, (SELECT ${instantSql('platform.now()')} AS now) AS clock
       WHERE document->'ending'->>'revealAt' <= now AND document->'ending'->>'revealedAt' IS NULL
       ORDER BY document->'ending'->>'revealAt' LIMIT 100`,
    );
    return rows.map(({ tenderId }) => tenderId);
  }

  listDestructions(limit: number): Promise<PlannedDestruction[]> {
    return this.query(
      `SELECT ${REF}, manifest_sha256 AS "manifestSha256", alias, sha256 FROM planned_destruction
       WHERE destroyed_at IS NULL AND not_before <= (SELECT ${instantSql('platform.now()')})
       ORDER BY not_before, tender_id, manifest_sha256 LIMIT $1`,
      [limit],
    );
  }

  private readonly query = async <T>(sql: string, params: readonly unknown[] = []): Promise<T[]> =>
    asRows<T>(await this.database.dataSource.manager.query(sql, [...params]));
}
