import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When each grant ends, and whether that was entered: what is due is found without reading every person. */
export class GrantEnds1764400000011 implements MigrationInterface {
  name = 'GrantEnds1764400000011';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE grant_end (
      person_id uuid NOT NULL REFERENCES person,
      role text NOT NULL,
      until timestamptz NOT NULL,
      entered_at timestamptz,
      PRIMARY KEY (person_id, role, until)
    )`);
    await runner.query('CREATE INDEX grant_end_due ON grant_end (until) WHERE entered_at IS NULL');
    await runner.query(`INSERT INTO grant_end (person_id, role, until)
      SELECT DISTINCT person_id, held->>'role', (held->>'until')::timestamptz
      FROM person, jsonb_array_elements(grants) AS held`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE grant_end');
  }
}
