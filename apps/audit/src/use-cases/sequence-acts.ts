import { randomInt } from 'node:crypto';
import { bytesEqual, fromBase64, invariant } from '#kernel';
import { Frontier, TileReader } from '#ledger';
import { nodeSha256 as sha256 } from '#ledger/node';
import { contiguous } from '../domain/contiguous.js';
import { sequence } from '../domain/sequence.js';
import type { AuditPorts } from './audit-ports.js';
import { readLedgerFile } from './ledger-files.js';
import type { LedgerHead, SequenceEnd } from './ledger.port.js';

/** What came of one batch. */
export interface Sequenced {
  /** How many acts got their places. */
  readonly count: number;
  readonly end: SequenceEnd;
}

/**
 * Gives acts that wait their places in the ledger, at most one batch of them: from then on their order, bytes and
 * hashes are fixed, durably, whoever writes the tiles. Undefined when the turn to write was lost to another process.
 */
export async function sequenceActs(
  ports: AuditPorts,
  { size, frontier }: SequenceEnd,
): Promise<Sequenced | undefined> {
  const { rows, writer, batchMax, regionCode, log } = ports;
  const { events: waiting, lastSeq, clockFactor } = await rows.waiting(batchMax);
  const events = contiguous(waiting, lastSeq);
  if (events.length === 0 && (await rows.hasGap())) log.warn({}, 'acts wait for a gap to be filled');
  const known = frontier ?? (await frontierOfTiles(ports, await rows.head()));
  invariant(known.size === size, 'rows without a frontier are those of a head');
  if (events.length === 0) return { count: 0, end: { size, frontier: known } };
  const sequenced = sequence(events, known, { regionCode, clockFactor, randomBelow: randomInt, sha256 });
  if (!(await rows.sequence({ writer, from: size, sequenced, events }))) return undefined;
  return { count: events.length, end: { size: sequenced.frontier.size, frontier: sequenced.frontier } };
}

/** The frontier of a head, from the tiles where its row has none; they must lead to its root. */
export async function frontierOfTiles(
  { store }: AuditPorts,
  head: LedgerHead | undefined,
): Promise<Frontier> {
  if (!head) return Frontier.EMPTY;
  if (head.frontier) return head.frontier;
  const frontier = await new TileReader(readLedgerFile(store), head.size, sha256).frontier();
  invariant(
    bytesEqual(frontier.root(sha256), fromBase64(head.root)),
    'the stored tiles are those that the head signs',
  );
  return frontier;
}
