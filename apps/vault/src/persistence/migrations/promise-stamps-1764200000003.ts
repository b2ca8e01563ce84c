import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The queue of promises that another authority is to stamp, and what it stamped; what a mailbox handed over. */
export class PromiseStamps1764200000003 implements MigrationInterface {
  name = 'PromiseStamps1764200000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE promise_stamp (
      tender_id uuid NOT NULL,
      organisation_id uuid NOT NULL,
      seq integer NOT NULL,
      promise_sha256 text NOT NULL,
      attempts integer NOT NULL DEFAULT 0,
      -- The server's own clock, also under a demonstration clock: an authority is asked in real time.
      due_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      last_code text,
      token bytea,
      gen_time text,
      authority_pem text,
      PRIMARY KEY (tender_id, organisation_id, seq),
      FOREIGN KEY (tender_id, organisation_id, seq) REFERENCES bid_act,
      CHECK ((token IS NULL) = (gen_time IS NULL) AND (token IS NULL) = (authority_pem IS NULL))
    )`);
    await runner.query('CREATE INDEX promise_stamp_due ON promise_stamp (due_at) WHERE token IS NULL');
    await runner.query(`CREATE TABLE mailbox_claim (
      tender_id uuid NOT NULL REFERENCES sealed_tender,
      sealed text NOT NULL,
      outcome jsonb NOT NULL,
      PRIMARY KEY (tender_id, sealed)
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE mailbox_claim');
    await runner.query('DROP TABLE promise_stamp');
  }
}
