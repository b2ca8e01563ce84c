import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far the ledgers of lower centres were entered here, by origin, and what is wrong with them now. */
export class LowerCentres1764400000004 implements MigrationInterface {
  name = 'LowerCentres1764400000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE lower_centre (
      origin text PRIMARY KEY,
      region_code text NOT NULL,
      size bigint,
      root text,
      checkpoint text,
      fault text
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE lower_centre');
  }
}
