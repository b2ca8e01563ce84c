import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A sealed act commits to its number; the salt of that commitment stays beside the number until the reveal. */
export class ActPlaces1764400000012 implements MigrationInterface {
  name = 'ActPlaces1764400000012';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE outbox ADD COLUMN place_salt text');
    await runner.query(`CREATE INDEX outbox_sealed ON outbox ((data ->> 'sealed'))
      WHERE (data ->> 'sealed') IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX outbox_sealed');
    await runner.query('ALTER TABLE outbox DROP COLUMN place_salt');
  }
}
