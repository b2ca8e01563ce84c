import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the bidders of final bids have signed has rows of its own: the bids are read often, and all at once. */
export class CloseRecord1764200000001 implements MigrationInterface {
  name = 'CloseRecord1764200000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE final_manifest (
      tender_id uuid NOT NULL,
      sha256 text NOT NULL,
      alias text NOT NULL,
      envelope_id text NOT NULL,
      age_sha256 text NOT NULL,
      age_size bigint NOT NULL,
      jws text NOT NULL,
      PRIMARY KEY (tender_id, sha256),
      UNIQUE (tender_id, alias, envelope_id),
      FOREIGN KEY (tender_id, alias) REFERENCES final_bid ON DELETE CASCADE
    )`);
    await runner.query(`INSERT INTO final_manifest (tender_id, sha256, alias, envelope_id, age_sha256, age_size, jws)
      SELECT tender_id, one->>'sha256', alias, one->>'envelopeId', one->'age'->>'sha256',
        (one->'age'->>'size')::bigint, one->>'jws'
      FROM final_bid CROSS JOIN jsonb_array_elements(manifests) AS one`);
    await runner.query('ALTER TABLE final_bid DROP COLUMN manifests');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE final_bid ADD COLUMN manifests jsonb');
    await runner.query(`UPDATE final_bid SET manifests = (
      SELECT jsonb_agg(jsonb_build_object('envelopeId', envelope_id, 'sha256', sha256, 'jws', jws,
        'age', jsonb_build_object('sha256', age_sha256, 'size', age_size)) ORDER BY envelope_id DESC)
      FROM final_manifest AS own WHERE own.tender_id = final_bid.tender_id AND own.alias = final_bid.alias)`);
    await runner.query('ALTER TABLE final_bid ALTER COLUMN manifests SET NOT NULL');
    await runner.query('DROP TABLE final_manifest');
  }
}
