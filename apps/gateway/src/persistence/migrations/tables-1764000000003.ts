import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Tables1764000000003 implements MigrationInterface {
  name = 'Tables1764000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE session (
      token_sha256 text PRIMARY KEY,
      person_id uuid NOT NULL,
      started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      ends_at timestamptz NOT NULL
    )`);
    await runner.query(`CREATE TABLE public_event (
      id bigserial PRIMARY KEY,
      event_id uuid NOT NULL UNIQUE,
      tender_id uuid NOT NULL,
      type text NOT NULL,
      at text NOT NULL,
      data jsonb NOT NULL
    )`);
    await runner.query('CREATE INDEX public_event_tender ON public_event (tender_id, id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE public_event');
    await runner.query('DROP TABLE session');
  }
}
