import { FOUND_COLUMNS, FOUND_FROM } from './entry-rows.js';

export const ALARM_CURSOR = `
  SELECT a.next_index AS seen, s.next_index AS searched, a.state AS state
  FROM supervision_cursor a, supervision_cursor s WHERE a.name = 'alarms' AND s.name = 'search'`;

/** What was entered in the range, and what entries in it reveal. */
export const NEW_ACTS = `
  SELECT ${FOUND_COLUMNS} ${FOUND_FROM} WHERE s.index >= $1 AND s.index < $2
  UNION ALL
  SELECT ${FOUND_COLUMNS} ${FOUND_FROM} WHERE s.revealed_by >= $1 AND s.revealed_by < $2 AND s.index < $1`;

export const DUE_TENDERS = `
  SELECT tender_id FROM supervised_tender WHERE look_at IS NOT NULL AND look_at <= $1 ORDER BY look_at LIMIT 100`;

export const ACTS_OF_TENDER = `
  SELECT ${FOUND_COLUMNS} ${FOUND_FROM}
  WHERE s.tender_id = $1 AND s.type LIKE ANY ($2::text[]) ORDER BY s.index LIMIT $3`;

export const ACTS_OF_PERSON = `
  SELECT ${FOUND_COLUMNS} ${FOUND_FROM}
  WHERE s.person_id = $1 AND s.type LIKE ANY ($2::text[]) AND s.at >= $3 ORDER BY s.index DESC LIMIT $4`;

export const ACTS_OF_ORGANISATION = `
  SELECT ${FOUND_COLUMNS} ${FOUND_FROM} JOIN entry_subject u ON u.index = s.index
  WHERE u.kind = 'organisation' AND u.subject_id = $1 AND s.type LIKE ANY ($2::text[]) AND s.at >= $3
  ORDER BY s.index DESC LIMIT $4`;

export const ACTS_NAMING = `
  SELECT ${FOUND_COLUMNS} ${FOUND_FROM}
  WHERE s.type = $2 AND EXISTS (
    SELECT FROM entry_subject u WHERE u.index = s.index AND u.kind = 'person' AND u.subject_id = ANY ($1::uuid[]))
  ORDER BY s.index LIMIT $3`;

export const MOVE_ALARM_CURSOR = `
  UPDATE supervision_cursor SET next_index = $2, state = $3
  WHERE name = 'alarms' AND next_index = $1 RETURNING next_index`;

export const LOOK_AGAIN = `
  INSERT INTO supervised_tender (tender_id, look_at) VALUES ($1, $2)
  ON CONFLICT (tender_id) DO UPDATE SET look_at = $2`;

export const KEEP_RAISED = `
  INSERT INTO alarm (alarm_id, key, rule, severity, tender_id, region, raised_at, evidence)
  VALUES ($1, $2, $3, $4, $5,
    coalesce($6, (SELECT region FROM supervised_tender WHERE tender_id = $5)), $7, $8)
  ON CONFLICT DO NOTHING`;

export const ALARM_COLUMNS = `a.alarm_id, a.rule, a.severity, a.state, a.tender_id, t.title, a.region, a.raised_at,
  a.evidence, a.handling`;

export const ALARM_FROM = 'FROM alarm a LEFT JOIN supervised_tender t ON t.tender_id = a.tender_id';

export const HANDLED = `
  UPDATE alarm SET state = $2, handling = handling || $3::jsonb WHERE alarm_id = $1`;
