import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tenders of before are not suspended; of those that had ended without an award the acts stay closed, as was said then. */
export class HaltedTenders1764200000015 implements MigrationInterface {
  name = 'HaltedTenders1764200000015';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `UPDATE sealed_tender SET document = '{"suspendedAt": null, "ending": null}'::jsonb || document`,
    );
    await runner.query(
      `CREATE INDEX sealed_tender_to_reveal ON sealed_tender ((document->'ending'->>'revealAt'))
       WHERE document->'ending'->>'revealAt' IS NOT NULL AND document->'ending'->>'revealedAt' IS NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX sealed_tender_to_reveal');
    await runner.query(`UPDATE sealed_tender SET document = document - 'suspendedAt' - 'ending'`);
  }
}
