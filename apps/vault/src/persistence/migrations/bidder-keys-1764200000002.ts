import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Signed releases of bidders' own keys; openings of before await none. */
export class BidderKeys1764200000002 implements MigrationInterface {
  name = 'BidderKeys1764200000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE bidder_key_release (
      tender_id uuid NOT NULL,
      envelope_id text NOT NULL,
      alias text NOT NULL,
      jws text NOT NULL,
      sha256 text NOT NULL,
      FOREIGN KEY (tender_id, envelope_id) REFERENCES opening,
      PRIMARY KEY (tender_id, envelope_id, alias)
    )`);
    await runner.query(`UPDATE opening SET document = jsonb_build_object('keys', NULL) || document`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE bidder_key_release');
  }
}
