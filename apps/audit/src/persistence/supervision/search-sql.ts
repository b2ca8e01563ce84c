const COVERED = '(SELECT size FROM ledger_head)';

export const LOCK_CURSOR = 'SELECT next_index FROM supervision_cursor WHERE name = $1 FOR UPDATE';

export const UNSEARCHED = `
  SELECT index, entry FROM ledger_entry WHERE index >= $1 AND index < ${COVERED} ORDER BY index LIMIT $2`;

export const MOVE_CURSOR = 'UPDATE supervision_cursor SET next_index = $2 WHERE name = $1';

/** An entry's region is its tender's where that is known. */
export const TAKE_ENTRIES = `
  INSERT INTO searched_entry (index, type, at, tender_id, person_id, region, sealed)
  SELECT r.index, r.type, r.at, r.tender_id, r.person_id, coalesce(t.region, r.region), r.sealed
  FROM jsonb_to_recordset($1::jsonb) AS r(
    index bigint, type text, at text, tender_id uuid, person_id uuid, region text, sealed text)
  LEFT JOIN supervised_tender t USING (tender_id)`;

export const TAKE_SUBJECTS = `
  INSERT INTO entry_subject (kind, subject_id, index)
  SELECT kind, subject_id, index FROM jsonb_to_recordset($1::jsonb) AS r(kind text, subject_id uuid, index bigint)
  ON CONFLICT DO NOTHING`;

export const TAKE_TENDERS = `
  INSERT INTO supervised_tender (tender_id, region, title)
  SELECT tender_id, region, title FROM jsonb_to_recordset($1::jsonb) AS r(tender_id uuid, region text, title jsonb)
  ON CONFLICT (tender_id) DO UPDATE SET region = excluded.region, title = excluded.title`;

/** What was entered about a tender before its region was known. */
export const PLACE_EARLIER = `
  UPDATE searched_entry SET region = t.region FROM supervised_tender t
  WHERE searched_entry.tender_id = t.tender_id AND t.tender_id = ANY ($1::uuid[])`;

/** Each reveal opens the first commitment of its text that stands before it and is not open yet. */
export const TAKE_REVEALS = `
  WITH r AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS r(
      sealed text, revealed_by bigint, reveal jsonb, type text, at text, tender_id uuid, person_id uuid)),
  at_place AS (
    SELECT r.*, (SELECT min(s.index) FROM searched_entry s
      WHERE s.sealed = r.sealed AND s.revealed_by IS NULL AND s.index < r.revealed_by) AS place
    FROM r)
  UPDATE searched_entry e
  SET revealed_by = a.revealed_by, reveal = a.reveal, type = a.type, at = a.at, tender_id = a.tender_id,
    person_id = a.person_id, region = (SELECT region FROM supervised_tender t WHERE t.tender_id = a.tender_id)
  FROM at_place a WHERE e.index = a.place
  RETURNING e.index, e.sealed`;

export const COUNT_SEALED =
  'SELECT count(*) AS count FROM searched_entry WHERE sealed IS NOT NULL AND revealed_by IS NULL';

export const TENDERS = `
  SELECT id AS tender_id, t.region, t.title FROM unnest($1::uuid[]) AS id LEFT JOIN supervised_tender t ON t.tender_id = id
  WHERE t.title IS NOT NULL OR EXISTS (SELECT FROM searched_entry WHERE tender_id = id)`;
