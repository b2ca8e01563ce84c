import type { Instant, Uuid } from '#kernel';
import { rowsOf, type Tx } from '#database';
import type { SignedManifest } from '../domain/bid-act.js';
import type { DrawnBid, FinalBid } from '../domain/close-bids.js';
import type { BidProgress } from '../domain/bid-progress.js';
import type { BidderEnvelope } from '../domain/opening/envelopes-to-destroy.js';
import type { BidAct } from '../domain/bid-act.js';

type Query = Tx['query'];

const BIDDERS_AT_ONCE = 100;

/** Each bidder's last accepted act, in the order of the bidders. */
export async function* readLastAccepted(query: Query, tenderId: Uuid): AsyncGenerator<BidProgress[]> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const rows = await query<{
      document: BidAct;
      proofs: BidProgress['proofs'];
      refused_code: string | null;
      accepted_at: Instant;
    }>(
      `SELECT DISTINCT ON (organisation_id) document, proofs, refused_code, accepted_at FROM bid_act
       WHERE tender_id = $1 AND organisation_id > $2 AND accepted_at IS NOT NULL
       ORDER BY organisation_id, seq DESC LIMIT $3`,
      [tenderId, after, BIDDERS_AT_ONCE],
    );
    yield rows.map((row) => ({
      act: row.document,
      proofs: row.proofs,
      refusedCode: row.refused_code,
      acceptedAt: row.accepted_at,
    }));
    if (rows.length < BIDDERS_AT_ONCE) return;
    after = rows.at(-1)!.document.organisationId;
  }
}

export async function insertFinalBids(query: Query, bids: readonly DrawnBid[]): Promise<void> {
  if (bids.length === 0) return;
  await query(
    `INSERT INTO final_bid (tender_id, alias, organisation_id, organisation_name, certificate_sha256, is_passed)
     VALUES ${rowsOf(bids.length, 6)}`,
    bids.flatMap((bid) => [
      bid.tenderId,
      bid.alias,
      bid.organisationId,
      bid.organisationName,
      bid.certificateSha256,
      bid.isPassed,
    ]),
  );
  const manifests = bids.flatMap((bid) => bid.manifests.map((manifest) => ({ bid, manifest })));
  await query(
    `INSERT INTO final_manifest (tender_id, alias, envelope_id, sha256, age_sha256, age_size, jws)
     VALUES ${rowsOf(manifests.length, 7)}`,
    manifests.flatMap(({ bid, manifest: { envelopeId, sha256, age, jws } }) => [
      bid.tenderId,
      bid.alias,
      envelopeId,
      sha256,
      age!.sha256,
      age!.size,
      jws,
    ]),
  );
}

/** By alias, without what was signed. */
export function readFinalBids(query: Query, tenderId: Uuid): Promise<FinalBid[]> {
  return query(
    `SELECT bid.tender_id AS "tenderId", bid.alias, bid.organisation_id AS "organisationId",
       bid.organisation_name AS "organisationName", bid.certificate_sha256 AS "certificateSha256",
       bid.is_passed AS "isPassed", coalesce(own.manifests, '[]') AS manifests
     FROM final_bid AS bid LEFT JOIN (
       SELECT alias, json_agg(json_build_object(
           'envelopeId', envelope_id, 'sha256', sha256, 'jwsBytes', octet_length(jws),
           'age', json_build_object('sha256', age_sha256, 'size', age_size))
         ORDER BY envelope_id DESC) AS manifests
       FROM final_manifest WHERE tender_id = $1 GROUP BY alias) AS own USING (alias)
     WHERE bid.tender_id = $1 ORDER BY bid.alias`,
    [tenderId],
  );
}

export async function readSignedManifests(
  query: Query,
  tenderId: Uuid,
  sha256s: readonly string[],
): Promise<SignedManifest[]> {
  const rows = await query<{
    envelope_id: string;
    sha256: string;
    age_sha256: string;
    age_size: string;
    jws: string;
  }>(
    `SELECT envelope_id, sha256, age_sha256, age_size, jws FROM final_manifest
     WHERE tender_id = $1 AND sha256 = ANY ($2)`,
    [tenderId, sha256s],
  );
  return rows.map(({ envelope_id: envelopeId, sha256, age_sha256, age_size, jws }) => ({
    envelopeId,
    sha256,
    jws,
    age: { sha256: age_sha256, size: Number(age_size) },
  }));
}

/** Every envelope of an act whose body is stored. */
export function readStoredEnvelopes(query: Query, tenderId: Uuid): Promise<BidderEnvelope[]> {
  return query(
    `SELECT act.organisation_id AS "organisationId", json_build_object(
       'envelopeId', one->'envelopeId', 'sha256', one->'sha256', 'age', one->'age') AS manifest
     FROM bid_act AS act CROSS JOIN jsonb_array_elements(act.document->'manifests') AS one
     JOIN envelope_body AS body ON body.tender_id = act.tender_id
       AND body.organisation_id = act.organisation_id AND body.sha256 = one->'age'->>'sha256'
     WHERE act.tender_id = $1 ORDER BY act.organisation_id, act.seq`,
    [tenderId],
  );
}
