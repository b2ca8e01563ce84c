import { KEY_ROTATED } from '#ledger';

/** How long a writer has the turn after it was last heard of. */
const TURN = `clock_timestamp() + interval '2 seconds'`;

/**
 * Texts that hold no line break, as canonical JSON does not, come as one text of many lines: the driver would escape
 * every quote of an array. An empty line stands for null.
 */
const lines = (parameter: string): string => `string_to_array(${parameter}::text, E'\\n', '')`;

/** What has its place already is not kept again. */
export const KEEP_WAITING = `
  WITH came AS (
    SELECT * FROM unnest(${lines('$1')}, $2::bigint[], ${lines('$3')}) AS came(producer, seq, event)),
  known AS (
    INSERT INTO producer_head (producer, last_seq) SELECT DISTINCT producer, 0 FROM came ON CONFLICT DO NOTHING)
  INSERT INTO waiting_act (producer, seq, event)
    SELECT came.* FROM came LEFT JOIN producer_head USING (producer) WHERE seq > coalesce(last_seq, 0)
  ON CONFLICT DO NOTHING`;

/**
 * Every producer with the acts that may be next; they take turns, so that none waits for another's backlog. Numbers
 * have no gap, so the range alone keeps what is read small, however many wait. Order and limit hold the planner to the
 * index: by its statistics of a moment when the table was empty it reads all that was ever in it.
 */
export const WAITING = `
  SELECT producer, last_seq, event
  FROM producer_head LEFT JOIN LATERAL (
    SELECT event, seq - last_seq AS place FROM waiting_act
    WHERE waiting_act.producer = producer_head.producer AND seq > last_seq AND seq <= last_seq + $1
    ORDER BY seq LIMIT $1) AS act ON true
  ORDER BY place NULLS FIRST LIMIT $1 + (SELECT count(*) FROM producer_head)`;

export const ANY_WAITS = `
  SELECT EXISTS (
    SELECT FROM producer_head CROSS JOIN LATERAL (
      SELECT FROM waiting_act WHERE waiting_act.producer = producer_head.producer AND seq > last_seq
      ORDER BY seq LIMIT 1) AS later) AS waits`;

/** An act that came again while it got its place may stand here still. */
export const FORGET_PLACED = `
  DELETE FROM waiting_act USING producer_head
  WHERE waiting_act.producer = producer_head.producer AND seq <= last_seq`;

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
    INSERT INTO ledger_entry (index, leaf_sha256, type, tender_id, at, entry, producer, seq, sealed)
    SELECT $1::bigint + place - 1, leaf_sha256, type, tender_id::uuid, at, entry, producer, seq::bigint, sealed
    FROM unnest(${lines('$5')}, ${lines('$6')}, ${lines('$7')}, ${lines('$8')}, ${lines('$9')}, ${lines('$13')},
        ${lines('$14')}, ${lines('$15')})
      WITH ORDINALITY AS act(leaf_sha256, type, tender_id, at, entry, producer, seq, sealed, place)
    WHERE EXISTS (SELECT FROM moved)),
  last AS (
    SELECT * FROM unnest($10::text[], $11::bigint[], $12::bigint[]) AS last(producer, first_seq, seq)
    WHERE EXISTS (SELECT FROM moved)),
  counted AS (
    UPDATE producer_head SET last_seq = last.seq FROM last WHERE producer_head.producer = last.producer),
  gone AS (
    DELETE FROM waiting_act USING last
    WHERE waiting_act.producer = last.producer AND waiting_act.seq BETWEEN first_seq AND last.seq)
  SELECT count(*) AS moved FROM moved`;

export const SEQUENCED = `
  SELECT entry, leaf_sha256 FROM ledger_entry WHERE index >= $1 AND index < $2 ORDER BY index`;

export const KEY_CHANGES = `
  SELECT index, type, at, tender_id, entry FROM ledger_entry
  WHERE type = '${KEY_ROTATED}' AND index < $1 ORDER BY index`;

export const HEAD = 'SELECT size, root, checkpoint, frontier FROM ledger_head';

export const FIRST_HEAD = `
  INSERT INTO ledger_head (size, root, checkpoint, frontier) VALUES ($1, $2, $3, $4)
  ON CONFLICT DO NOTHING RETURNING size`;

export const MOVE_HEAD = `
  UPDATE ledger_head SET size = $1, root = $2, checkpoint = $3, frontier = $4 WHERE size = $5 RETURNING size`;

const COVERED = 'index < (SELECT size FROM ledger_head)';

/** Who has a receipt knows the commitment; the bytes of the entry hold one more, so its leaf cannot be computed. */
export const FIND_BY_LEAF = `
  SELECT index, type, at, tender_id, entry FROM (
    SELECT * FROM ledger_entry WHERE leaf_sha256 = $1
    UNION ALL
    SELECT * FROM ledger_entry WHERE sealed = $1) AS found
  WHERE ${COVERED} ORDER BY index LIMIT 1`;

export const LIST = `
  SELECT index, type, at, tender_id, entry FROM ledger_entry
  WHERE index > $1 AND ($2::uuid IS NULL OR tender_id = $2) AND ${COVERED} ORDER BY index LIMIT $3`;
