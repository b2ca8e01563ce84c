import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Rehearsals1764100000002 implements MigrationInterface {
  name = 'Rehearsals1764100000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE TABLE rehearsal (tender_id uuid PRIMARY KEY REFERENCES tender, document jsonb NOT NULL)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE rehearsal');
  }
}
