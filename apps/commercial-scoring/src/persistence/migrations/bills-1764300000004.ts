import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Unit prices of read bills stand apart, uncompressed, in the order of the buyer's lines: they are read all at once. */
export class Bills1764300000004 implements MigrationInterface {
  name = 'Bills1764300000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE bill_tender (tender_id uuid PRIMARY KEY, buyer_id uuid)');
    await runner.query(`CREATE TABLE bill (
      tender_id uuid NOT NULL,
      alias text NOT NULL,
      part_key text,
      prices bytea,
      PRIMARY KEY (tender_id, alias)
    )`);
    await runner.query('ALTER TABLE bill ALTER COLUMN prices SET STORAGE EXTERNAL');
    await runner.query(`CREATE TABLE bill_owner (
      tender_id uuid NOT NULL,
      alias text NOT NULL,
      organisation_id uuid NOT NULL,
      PRIMARY KEY (tender_id, alias)
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['bill_owner', 'bill', 'bill_tender']) await runner.query(`DROP TABLE ${table}`);
  }
}
