/** How long a writer has the turn after it was last heard of. */
const TURN = `clock_timestamp() + interval '2 seconds'`;

/** What has its place already is not kept again. */
export const KEEP_WAITING = `
  WITH came AS (
    SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[]) AS came(producer, seq, event)),
  known AS (
    INSERT INTO producer_head (producer, last_seq) SELECT DISTINCT producer, 0 FROM came ON CONFLICT DO NOTHING)
  INSERT INTO waiting_act (producer, seq, event)
    SELECT came.* FROM came LEFT JOIN producer_head USING (producer) WHERE seq > coalesce(last_seq, 0)
  ON CONFLICT DO NOTHING`;

/** Every producer with the first of its acts that wait; they take turns, so that none waits for another's backlog. */
export const WAITING = `
  SELECT producer, last_seq, act.event
  FROM producer_head LEFT JOIN LATERAL (
    SELECT event, row_number() OVER (ORDER BY seq) AS place FROM waiting_act
    WHERE waiting_act.producer = producer_head.producer AND seq > last_seq ORDER BY seq LIMIT $1) AS act ON true
  ORDER BY act.place NULLS FIRST LIMIT $1 + (SELECT count(*) FROM producer_head)`;

export const TAKE_TURN = `
  UPDATE ledger_sequence SET writer = $1, turn_until = ${TURN}
  WHERE writer = $1 OR turn_until < clock_timestamp()
  RETURNING size, frontier`;

export const END_TURN = `UPDATE ledger_sequence SET turn_until = '-infinity' WHERE writer = $1`;

export const SEQUENCE = `
  WITH moved AS (
    UPDATE ledger_sequence SET size = $3, frontier = $4, turn_until = ${TURN}
    WHERE size = $1::bigint AND writer = $2 RETURNING 1),
  entered AS (
    INSERT INTO ledger_entry (index, leaf_sha256, type, tender_id, at, entry)
    SELECT act.* FROM unnest($5::bigint[], $6::text[], $7::text[], $8::uuid[], $9::text[], $10::text[]) AS act
    WHERE EXISTS (SELECT FROM moved)),
  last AS (
    SELECT * FROM unnest($11::text[], $12::bigint[]) AS last(producer, seq) WHERE EXISTS (SELECT FROM moved)),
  counted AS (
    UPDATE producer_head SET last_seq = last.seq FROM last WHERE producer_head.producer = last.producer),
  gone AS (
    DELETE FROM waiting_act USING last
    WHERE waiting_act.producer = last.producer AND waiting_act.seq <= last.seq)
  SELECT count(*) AS moved FROM moved`;

export const SEQUENCED = `
  SELECT entry, leaf_sha256 FROM ledger_entry WHERE index >= $1 AND index < $2 ORDER BY index`;

export const HEAD = 'SELECT size, root, checkpoint, frontier FROM ledger_head';

export const FIRST_HEAD = `
  INSERT INTO ledger_head (size, root, checkpoint, frontier) VALUES ($1, $2, $3, $4)
  ON CONFLICT DO NOTHING RETURNING size`;

export const MOVE_HEAD = `
  UPDATE ledger_head SET size = $1, root = $2, checkpoint = $3, frontier = $4 WHERE size = $5 RETURNING size`;

const COVERED = 'index < (SELECT size FROM ledger_head)';

export const FIND_BY_LEAF = `
  SELECT index, type, at, tender_id, entry FROM ledger_entry
  WHERE leaf_sha256 = $1 AND ${COVERED} ORDER BY index LIMIT 1`;

export const LIST = `
  SELECT index, type, at, tender_id, entry FROM ledger_entry
  WHERE index > $1 AND ($2::uuid IS NULL OR tender_id = $2) AND ${COVERED} ORDER BY index LIMIT $3`;
