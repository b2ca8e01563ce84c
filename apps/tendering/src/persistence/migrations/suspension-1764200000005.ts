import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tenders of before are not suspended. */
export class Suspension1764200000005 implements MigrationInterface {
  name = 'Suspension1764200000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `UPDATE tender SET document = document || '{"suspension": null}' WHERE NOT document ? 'suspension'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`UPDATE tender SET document = document - 'suspension'`);
  }
}
