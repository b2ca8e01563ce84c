import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Tables1764000000004 implements MigrationInterface {
  name = 'Tables1764000000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE sealed_tender (tender_id uuid PRIMARY KEY, document jsonb NOT NULL)');
    await runner.query(`CREATE TABLE participation (
      tender_id uuid NOT NULL REFERENCES sealed_tender,
      organisation_id uuid NOT NULL,
      joined_at text NOT NULL,
      PRIMARY KEY (tender_id, organisation_id)
    )`);
    await runner.query(`CREATE TABLE bid_act (
      tender_id uuid NOT NULL,
      organisation_id uuid NOT NULL,
      seq integer NOT NULL,
      document jsonb NOT NULL,
      PRIMARY KEY (tender_id, organisation_id, seq),
      FOREIGN KEY (tender_id, organisation_id) REFERENCES participation
    )`);
    await runner.query(`CREATE TABLE final_bid (
      tender_id uuid NOT NULL REFERENCES sealed_tender,
      alias text NOT NULL,
      organisation_id uuid NOT NULL,
      organisation_name text NOT NULL,
      certificate_sha256 text NOT NULL,
      manifests jsonb NOT NULL,
      is_passed boolean,
      PRIMARY KEY (tender_id, alias),
      UNIQUE (tender_id, organisation_id)
    )`);
    await runner.query(`CREATE TABLE opening (
      tender_id uuid NOT NULL REFERENCES sealed_tender,
      envelope_id text NOT NULL,
      document jsonb NOT NULL,
      PRIMARY KEY (tender_id, envelope_id)
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['opening', 'final_bid', 'bid_act', 'participation', 'sealed_tender']) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}
