import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Uploads1764000000103 implements MigrationInterface {
  name = 'Uploads1764000000103';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE upload (
      id uuid PRIMARY KEY,
      tender_id uuid NOT NULL,
      organisation_id uuid NOT NULL,
      sha256 text NOT NULL,
      size bigint NOT NULL,
      key text NOT NULL,
      received bigint NOT NULL DEFAULT 0 CHECK (received BETWEEN 0 AND size),
      writer integer NOT NULL DEFAULT 0,
      created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      expires_at timestamptz NOT NULL,
      finished_at timestamptz
    )`);
    await runner.query('CREATE INDEX upload_owner ON upload (organisation_id, tender_id)');
    await runner.query('CREATE INDEX upload_expires ON upload (expires_at)');
    // A row of size 0 names what an interrupted writer may have left in the store.
    await runner.query(`CREATE TABLE upload_piece (
      upload_id uuid NOT NULL REFERENCES upload ON DELETE CASCADE,
      begins bigint NOT NULL,
      size bigint NOT NULL,
      key text NOT NULL,
      PRIMARY KEY (upload_id, key)
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE upload_piece');
    await runner.query('DROP TABLE upload');
  }
}
