import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Witnesses1764200000006 implements MigrationInterface {
  name = 'Witnesses1764200000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE witness_policy (sha256 text PRIMARY KEY, policy text NOT NULL)');
    await runner.query(`CREATE TABLE cosigned_checkpoint (
      size bigint PRIMARY KEY,
      checkpoint text NOT NULL,
      witnessed_at bigint
    )`);
    await runner.query(
      'CREATE INDEX cosigned_checkpoint_time ON cosigned_checkpoint (witnessed_at) WHERE witnessed_at IS NOT NULL',
    );
    await runner.query(`CREATE TABLE witness_quorum (
      only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
      is_missing boolean NOT NULL
    )`);
    await runner.query('INSERT INTO witness_quorum (is_missing) VALUES (false)');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['witness_quorum', 'cosigned_checkpoint', 'witness_policy']) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}
