import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Tables1764000000007 implements MigrationInterface {
  name = 'Tables1764000000007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE waiting_act (
      producer text NOT NULL,
      seq bigint NOT NULL,
      event jsonb NOT NULL,
      PRIMARY KEY (producer, seq)
    )`);
    await runner.query('CREATE TABLE producer_head (producer text PRIMARY KEY, last_seq bigint NOT NULL)');
    await runner.query(`CREATE TABLE ledger_head (
      only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
      size bigint NOT NULL,
      root text NOT NULL,
      checkpoint text NOT NULL
    )`);
    await runner.query(`CREATE TABLE ledger_entry (
      index bigint PRIMARY KEY,
      leaf_sha256 text NOT NULL,
      type text,
      tender_id uuid,
      at text,
      entry jsonb NOT NULL
    )`);
    await runner.query('CREATE INDEX ledger_entry_leaf ON ledger_entry (leaf_sha256)');
    await runner.query('CREATE INDEX ledger_entry_tender ON ledger_entry (tender_id, index)');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['ledger_entry', 'ledger_head', 'producer_head', 'waiting_act']) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}
