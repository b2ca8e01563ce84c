import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Entries get their place before any tile is written, in the exact bytes that are hashed; one writer has the turn.
 * Rows of before keep their text, which is not canonical; only what a head does not cover yet is read as bytes.
 */
export class SequencedWriting1764200000007 implements MigrationInterface {
  name = 'SequencedWriting1764200000007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE waiting_act ALTER COLUMN event TYPE text USING event::text');
    await runner.query('ALTER TABLE ledger_entry ALTER COLUMN entry TYPE text USING entry::text');
    await runner.query(`CREATE INDEX ledger_entry_key_change ON ledger_entry (index)
      WHERE type = 'audit.ledger-key-rotated'`);
    await runner.query('ALTER TABLE ledger_head ADD COLUMN frontier text');
    await runner.query(`CREATE TABLE ledger_sequence (
      only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
      size bigint NOT NULL,
      frontier text,
      writer text NOT NULL DEFAULT '',
      turn_until timestamptz NOT NULL DEFAULT '-infinity'
    )`);
    await runner.query(
      'INSERT INTO ledger_sequence (size) SELECT coalesce((SELECT size FROM ledger_head), 0)',
    );
    await runner.query(
      'INSERT INTO producer_head SELECT DISTINCT producer, 0 FROM waiting_act ON CONFLICT DO NOTHING',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE ledger_sequence');
    await runner.query('DROP INDEX ledger_entry_key_change');
    await runner.query('ALTER TABLE ledger_head DROP COLUMN frontier');
    await runner.query('ALTER TABLE ledger_entry ALTER COLUMN entry TYPE jsonb USING entry::jsonb');
    await runner.query('ALTER TABLE waiting_act ALTER COLUMN event TYPE jsonb USING event::jsonb');
  }
}
