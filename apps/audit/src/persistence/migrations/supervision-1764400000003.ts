import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = [
  `CREATE TABLE supervision_cursor (name text PRIMARY KEY, next_index bigint NOT NULL, state jsonb NOT NULL DEFAULT '{}')`,
  `INSERT INTO supervision_cursor (name, next_index) VALUES ('search', 0), ('alarms', 0)`,
  `CREATE TABLE searched_entry (
    index bigint PRIMARY KEY,
    type text,
    at text,
    tender_id uuid,
    person_id uuid,
    region text,
    sealed text,
    revealed_by bigint,
    reveal jsonb
  )`,
  'CREATE INDEX searched_entry_type ON searched_entry (type, index)',
  'CREATE INDEX searched_entry_tender ON searched_entry (tender_id, index)',
  'CREATE INDEX searched_entry_person ON searched_entry (person_id, type, index)',
  'CREATE INDEX searched_entry_at ON searched_entry (at, index)',
  'CREATE INDEX searched_entry_region ON searched_entry (region text_pattern_ops, index)',
  'CREATE INDEX searched_entry_sealed ON searched_entry (sealed) WHERE sealed IS NOT NULL',
  'CREATE INDEX searched_entry_unrevealed ON searched_entry (index) WHERE sealed IS NOT NULL AND revealed_by IS NULL',
  `CREATE TABLE entry_subject (
    kind text NOT NULL,
    subject_id uuid NOT NULL,
    index bigint NOT NULL,
    PRIMARY KEY (kind, subject_id, index)
  )`,
  `CREATE TABLE supervised_tender (
    tender_id uuid PRIMARY KEY,
    region text,
    title jsonb,
    look_at text
  )`,
  'CREATE INDEX supervised_tender_look ON supervised_tender (look_at) WHERE look_at IS NOT NULL',
  `CREATE TABLE alarm (
    alarm_id uuid PRIMARY KEY,
    key text NOT NULL UNIQUE,
    rule text NOT NULL,
    severity text NOT NULL,
    state text NOT NULL DEFAULT 'open',
    tender_id uuid,
    region text,
    raised_at text NOT NULL,
    evidence jsonb NOT NULL,
    handling jsonb NOT NULL DEFAULT '[]'
  )`,
  'CREATE INDEX alarm_state ON alarm (state, severity, alarm_id)',
  'CREATE INDEX alarm_tender ON alarm (tender_id, alarm_id)',
  'CREATE INDEX alarm_rule ON alarm (rule, alarm_id)',
  `CREATE TABLE supervision_export (
    export_id uuid PRIMARY KEY,
    person_id uuid NOT NULL,
    wanted jsonb NOT NULL,
    scope jsonb,
    searched_to bigint NOT NULL,
    state text NOT NULL DEFAULT 'waiting',
    requested_at text NOT NULL,
    due_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    attempts int NOT NULL DEFAULT 0,
    file jsonb,
    signed jsonb,
    code text
  )`,
  `CREATE INDEX supervision_export_waiting ON supervision_export (due_at) WHERE state = 'waiting'`,
  'CREATE INDEX supervision_export_person ON supervision_export (person_id, state)',
];

/** What supervision is read from: entries as they are searched, alarms, exports. All but alarms and exports can be made anew. */
export class Supervision1764400000003 implements MigrationInterface {
  name = 'Supervision1764400000003';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of TABLES) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = TABLES.flatMap((statement) => /^CREATE TABLE (\w+)/.exec(statement)?.[1] ?? []);
    for (const table of tables.reverse()) await runner.query(`DROP TABLE ${table}`);
  }
}
