import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Every result is kept as it was told, with the report that is made of it afterwards; those of before are version 1. A row
 * is written once, but for its report.
 */
export class Versions1764400000006 implements MigrationInterface {
  name = 'Versions1764400000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE evaluation_version (
      tender_id uuid NOT NULL,
      version integer NOT NULL CHECK (version > 0),
      evaluated_at text NOT NULL,
      document jsonb NOT NULL,
      robustness jsonb,
      PRIMARY KEY (tender_id, version)
    )`);
    await runner.query(
      'CREATE INDEX evaluation_version_unreported ON evaluation_version (tender_id) WHERE robustness IS NULL',
    );
    await runner.query(`INSERT INTO evaluation_version (tender_id, version, evaluated_at, document)
      SELECT tender_id, 1, document->>'evaluatedAt', document->'document' FROM evaluation
      WHERE jsonb_typeof(document->'document') = 'object'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE evaluation_version');
  }
}
