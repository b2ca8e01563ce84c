import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { Entry } from '#ledger';
import { searchedBy } from '../../domain/sequence.js';

const PAGE = 500;

/** Entries are found by what they are about; gaps and comparisons outlive the process that found them. */
export class Completeness1764400000002 implements MigrationInterface {
  name = 'Completeness1764400000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE ledger_entry ADD COLUMN producer text, ADD COLUMN seq bigint, ADD COLUMN sealed text',
    );
    await fillColumns(runner);
    await runner.query('CREATE INDEX ledger_entry_sealed ON ledger_entry (sealed) WHERE sealed IS NOT NULL');
    await runner.query(`CREATE INDEX ledger_entry_act ON ledger_entry (producer, seq)
      WHERE producer IS NOT NULL`);
    await runner.query(`CREATE TABLE producer_gap (
      producer text NOT NULL,
      from_seq bigint NOT NULL,
      since timestamptz NOT NULL DEFAULT clock_timestamp(),
      PRIMARY KEY (producer, from_seq)
    )`);
    await runner.query(`CREATE TABLE reconciliation (
      only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
      started_at timestamptz NOT NULL,
      finished_at timestamptz NOT NULL,
      rows bigint NOT NULL,
      entries bigint NOT NULL,
      differences bigint NOT NULL
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE reconciliation');
    await runner.query('DROP TABLE producer_gap');
    await runner.query('ALTER TABLE ledger_entry DROP COLUMN sealed, DROP COLUMN seq, DROP COLUMN producer');
  }
}

/** Not in SQL: Postgres takes no zero character out of JSON, and an entry may hold one. */
async function fillColumns(runner: QueryRunner): Promise<void> {
  for (let after = '-1'; ;) {
    const rows: { index: string; entry: string }[] = await runner.query(
      'SELECT index, entry FROM ledger_entry WHERE index > $1 ORDER BY index LIMIT $2',
      [after, PAGE],
    );
    if (rows.length === 0) return;
    const searched = rows.map(({ entry }) => searchedBy(JSON.parse(entry) as Entry));
    await runner.query(
      `UPDATE ledger_entry SET producer = found.producer, seq = found.seq, sealed = found.sealed
       FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::text[]) AS found(index, producer, seq, sealed)
       WHERE ledger_entry.index = found.index`,
      [
        rows.map(({ index }) => index),
        searched.map(({ producer }) => producer),
        searched.map(({ seq }) => seq),
        searched.map(({ sealed }) => sealed),
      ],
    );
    after = rows.at(-1)!.index;
  }
}
