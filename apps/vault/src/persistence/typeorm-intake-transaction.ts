import type { Instant, Uuid } from '#kernel';
import type { Reveal } from '#contracts';
import { type GroupTx, rowsOf } from '#database';
import { type Call, sealActs } from '#service';
import { queueStamps } from './queue-stamps.js';
import type { BidProgress } from '../domain/bid-progress.js';
import type { BidAct } from '../domain/bid-act.js';
import type { SealedTender } from '../domain/sealed-tender.js';
import {
  type IntakeTransaction,
  type Line,
  lineKey,
  type LineOf,
  type SealedAct,
} from '../use-cases/vault.port.js';

/** Plain SQL: groups of a hundred, where an ORM's row by row would be the slowest part. */
export class TypeormIntakeTransaction implements IntakeTransaction {
  constructor(private readonly tx: GroupTx) {}

  clock(): Promise<Instant> {
    return this.tx.clock();
  }

  async loadTenders(tenderIds: readonly Uuid[]): Promise<Map<Uuid, SealedTender>> {
    const rows = await this.tx.query<{ tender_id: Uuid; document: SealedTender }>(
      'SELECT tender_id, document FROM sealed_tender WHERE tender_id = ANY ($1) ORDER BY tender_id FOR SHARE',
      [[...new Set(tenderIds)]],
    );
    return new Map(rows.map(({ tender_id, document }) => [tender_id, document]));
  }

  async lockLines(of: readonly LineOf[]): Promise<Map<string, Line>> {
    const unique = [...new Map(of.map((line) => [lineKey(line), line])).values()];
    const pairs = `(VALUES ${rowsOf(unique.length, 2)})`;
    const params = unique.flatMap(({ tenderId, organisationId }) => [tenderId, organisationId]);
    const joined = await this.tx.query<{ tender_id: Uuid; organisation_id: Uuid }>(
      `SELECT tender_id, organisation_id FROM participation
       WHERE (tender_id::text, organisation_id::text) IN ${pairs}
       ORDER BY tender_id, organisation_id FOR UPDATE`,
      params,
    );
    const last = await this.tx.query<{ document: BidAct }>(
      `SELECT DISTINCT ON (tender_id, organisation_id) document FROM bid_act
       WHERE (tender_id, organisation_id) IN
         (SELECT a::uuid, b::uuid FROM ${pairs} AS line (a, b))
       ORDER BY tender_id, organisation_id, seq DESC`,
      params,
    );
    const acts = new Map(last.map(({ document }) => [lineKey(document), document]));
    return new Map(
      joined.map(({ tender_id: tenderId, organisation_id: organisationId }) => {
        const key = lineKey({ tenderId, organisationId });
        return [key, { last: acts.get(key) }];
      }),
    );
  }

  sealAll(acts: readonly { readonly call: Call; readonly act: SealedAct }[]): Promise<Reveal[]> {
    return sealActs(this.tx, 'vault', acts);
  }

  async addActs(acts: readonly BidProgress[]): Promise<void> {
    if (acts.length === 0) return;
    await this.tx.query(
      `INSERT INTO bid_act (tender_id, organisation_id, seq, document, proofs, accepted_at) VALUES ${rowsOf(acts.length, 6)}`,
      acts.flatMap(({ act, proofs, acceptedAt }) => [
        act.tenderId,
        act.organisationId,
        act.seq,
        JSON.stringify(act),
        proofs,
        acceptedAt,
      ]),
    );
  }

  queueStamps(acts: readonly BidAct[]): Promise<void> {
    return queueStamps(this.tx.query, acts);
  }
}
