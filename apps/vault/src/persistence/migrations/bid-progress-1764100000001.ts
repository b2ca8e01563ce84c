import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Commitments come first, bodies later: what has come of each act, and which bodies are stored. */
export class BidProgress1764100000001 implements MigrationInterface {
  name = 'BidProgress1764100000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE bid_act
      ADD COLUMN proofs text NOT NULL DEFAULT 'unverified'
        CHECK (proofs IN ('unverified', 'verified', 'refused')),
      ADD COLUMN refused_code text,
      ADD COLUMN accepted_at text,
      ADD COLUMN acceptance jsonb`);
    // Acts of before were verified and complete when they were received.
    await runner.query(`UPDATE bid_act SET proofs = 'verified', accepted_at = document->>'receivedAt'`);
    await runner.query(`CREATE TABLE envelope_body (
      tender_id uuid NOT NULL,
      organisation_id uuid NOT NULL,
      sha256 text NOT NULL,
      size bigint NOT NULL,
      stored_at text NOT NULL,
      PRIMARY KEY (tender_id, organisation_id, sha256),
      FOREIGN KEY (tender_id, organisation_id) REFERENCES participation
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE envelope_body');
    await runner.query(`ALTER TABLE bid_act
      DROP COLUMN proofs, DROP COLUMN refused_code, DROP COLUMN accepted_at, DROP COLUMN acceptance`);
  }
}
