import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Tables1764000000001 implements MigrationInterface {
  name = 'Tables1764000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE tender (
      tender_id uuid PRIMARY KEY,
      stage text NOT NULL,
      buyer_id uuid NOT NULL,
      region_code text NOT NULL,
      is_published boolean NOT NULL,
      deadline_at timestamptz NOT NULL,
      involved uuid[] NOT NULL,
      document jsonb NOT NULL,
      version integer NOT NULL
    )`);
    await runner.query(`CREATE INDEX tender_due ON tender (deadline_at) WHERE stage = 'published'`);
    await runner.query('CREATE INDEX tender_involved ON tender USING gin (involved)');
    await runner.query(`CREATE TABLE question (
      question_id uuid PRIMARY KEY,
      tender_id uuid NOT NULL REFERENCES tender,
      question text NOT NULL,
      answer text,
      asked_at text NOT NULL,
      answered_at text
    )`);
    await runner.query('CREATE INDEX question_tender ON question (tender_id, question_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE question');
    await runner.query('DROP TABLE tender');
  }
}
