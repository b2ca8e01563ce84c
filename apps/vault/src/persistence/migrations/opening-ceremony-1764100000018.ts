import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an opening gathers piece by piece has rows of its own: its document stays small, however many bids there are. */
export class OpeningCeremony1764100000018 implements MigrationInterface {
  name = 'OpeningCeremony1764100000018';

  async up(runner: QueryRunner): Promise<void> {
    const ref = `tender_id uuid NOT NULL,
      envelope_id text NOT NULL,
      FOREIGN KEY (tender_id, envelope_id) REFERENCES opening`;
    await runner.query(`CREATE TABLE opening_share (
      trustee_index integer NOT NULL,
      manifest_sha256 text NOT NULL,
      share jsonb NOT NULL,
      ${ref},
      PRIMARY KEY (tender_id, envelope_id, manifest_sha256, trustee_index)
    )`);
    await runner.query(`CREATE TABLE opened_envelope (
      alias text NOT NULL,
      item jsonb NOT NULL,
      ${ref},
      PRIMARY KEY (tender_id, envelope_id, alias)
    )`);
    await runner.query(`CREATE TABLE rescue_identity (
      alias text NOT NULL,
      identity text NOT NULL,
      ${ref},
      PRIMARY KEY (tender_id, envelope_id, alias)
    )`);
    await runner.query(`CREATE TABLE opening_objection (
      id bigserial PRIMARY KEY,
      objector_id uuid NOT NULL,
      objection jsonb NOT NULL,
      ${ref}
    )`);
    await runner.query('CREATE INDEX opening_objection_of ON opening_objection (tender_id, envelope_id, id)');
    await runner.query(`CREATE TABLE planned_destruction (
      tender_id uuid NOT NULL REFERENCES sealed_tender,
      manifest_sha256 text NOT NULL,
      alias text,
      envelope_id text NOT NULL,
      sha256 text NOT NULL,
      not_before text NOT NULL,
      destroyed_at text,
      PRIMARY KEY (tender_id, manifest_sha256)
    )`);
    await runner.query(
      'CREATE INDEX planned_destruction_due ON planned_destruction (not_before) WHERE destroyed_at IS NULL',
    );
    await runner.query(`CREATE INDEX opening_stage ON opening ((document->>'stage'))`);
    await runner.query(
      `CREATE INDEX sealed_tender_closed ON sealed_tender (tender_id) WHERE document->>'stage' = 'closed'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX sealed_tender_closed, opening_stage');
    const tables = [
      'planned_destruction',
      'opening_objection',
      'rescue_identity',
      'opened_envelope',
      'opening_share',
    ];
    for (const table of tables) await runner.query(`DROP TABLE ${table}`);
  }
}
