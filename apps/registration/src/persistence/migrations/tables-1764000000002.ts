import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Tables1764000000002 implements MigrationInterface {
  name = 'Tables1764000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE organisation (
      organisation_id uuid PRIMARY KEY,
      credit_code text NOT NULL CONSTRAINT organisation_credit_code UNIQUE,
      name text NOT NULL,
      legal_representative text NOT NULL,
      qualifications jsonb NOT NULL,
      status text NOT NULL,
      reason text,
      registered_at text NOT NULL
    )`);
    await runner.query(`CREATE TABLE person (
      person_id uuid PRIMARY KEY,
      login text NOT NULL CONSTRAINT person_login UNIQUE,
      name text NOT NULL,
      password_hash text NOT NULL,
      organisation_id uuid REFERENCES organisation,
      grants jsonb NOT NULL
    )`);
    await runner.query('CREATE INDEX person_grants ON person USING gin (grants jsonb_path_ops)');
    await runner.query(`CREATE TABLE certificate (
      certificate_sha256 text PRIMARY KEY,
      person_id uuid NOT NULL REFERENCES person,
      organisation_id uuid REFERENCES organisation,
      kind text NOT NULL,
      pem text NOT NULL,
      valid_to text NOT NULL
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['certificate', 'person', 'organisation']) await runner.query(`DROP TABLE ${table}`);
  }
}
