import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tenders of before are not suspended. */
export class Suspension1764200000015 implements MigrationInterface {
  name = 'Suspension1764200000015';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `UPDATE sealed_tender SET document = document || '{"suspendedAt": null}'
       WHERE NOT document ? 'suspendedAt'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`UPDATE sealed_tender SET document = document - 'suspendedAt'`);
  }
}
