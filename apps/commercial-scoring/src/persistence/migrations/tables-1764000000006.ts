import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Tables1764000000006 implements MigrationInterface {
  name = 'Tables1764000000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE evaluation (tender_id uuid PRIMARY KEY, document jsonb NOT NULL)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE evaluation');
  }
}
