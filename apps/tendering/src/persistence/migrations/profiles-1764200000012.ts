import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Procedures of before said nothing of these; they get what held then. */
const DEFAULTS = JSON.stringify({
  n: null,
  k: null,
  bodyGraceMinutes: 0,
  bidderKey: false,
  bidderKeyHours: 24,
  openingHours: 24,
  rescueHours: 48,
  archiveYears: 15,
  timestampRequired: false,
});

export class Profiles1764200000012 implements MigrationInterface {
  name = 'Profiles1764200000012';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `UPDATE tender SET document = jsonb_set(document, '{procedure}', $1::jsonb || (document->'procedure'))`,
      [DEFAULTS],
    );
  }

  /** What nothing reads does no harm. */
  async down(): Promise<void> {}
}
