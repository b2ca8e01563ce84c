import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Bodies in the store that were not accepted, and since when. */
export class WaitingBodies1764200000014 implements MigrationInterface {
  name = 'WaitingBodies1764200000014';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE waiting_body (key text PRIMARY KEY, since timestamptz NOT NULL)');
    await runner.query('CREATE INDEX waiting_body_since ON waiting_body (since)');
    await runner.query('CREATE INDEX envelope_body_sha256 ON envelope_body (sha256)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX envelope_body_sha256');
    await runner.query('DROP TABLE waiting_body');
  }
}
