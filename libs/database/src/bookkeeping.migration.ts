import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables beside every service's own: commands done, events to tell and taken, acts that are sealed still. */
export class Bookkeeping1763000000000 implements MigrationInterface {
  name = 'Bookkeeping1763000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE idempotency (
      actor_id text NOT NULL,
      key text NOT NULL,
      subject text NOT NULL,
      request_sha256 text NOT NULL,
      response jsonb,
      at timestamptz NOT NULL,
      PRIMARY KEY (actor_id, key)
    )`);
    await runner.query(`CREATE TABLE outbox (
      id bigserial PRIMARY KEY,
      event_id uuid NOT NULL UNIQUE,
      seq bigint UNIQUE,
      subject text NOT NULL,
      occurred_at timestamptz NOT NULL,
      actor_id uuid,
      tender_id uuid,
      correlation_id text NOT NULL,
      causation_id text,
      data jsonb NOT NULL,
      sent_at timestamptz
    )`);
    await runner.query('CREATE INDEX outbox_unsent ON outbox (id) WHERE sent_at IS NULL');
    await runner.query('CREATE TABLE outbox_head (last_seq bigint NOT NULL)');
    await runner.query('INSERT INTO outbox_head VALUES (0)');
    await runner.query(`CREATE TABLE inbox (
      consumer text NOT NULL,
      event_id uuid NOT NULL,
      taken_at timestamptz NOT NULL,
      PRIMARY KEY (consumer, event_id)
    )`);
    await runner.query(`CREATE TABLE sealed_act (
      id bigserial PRIMARY KEY,
      tender_id uuid,
      sealed text NOT NULL UNIQUE,
      salt text NOT NULL,
      event jsonb NOT NULL,
      revealed_at timestamptz
    )`);
    await runner.query('CREATE INDEX sealed_act_tender ON sealed_act (tender_id, id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['sealed_act', 'inbox', 'outbox_head', 'outbox', 'idempotency']) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}
