import { fromHex, utf8 } from '#kernel';
import { type EventEnvelope, ledgerKeyRotated } from '#contracts';
import { asRows, readClock, type ServiceDatabase, transact } from '#database';
import type { Entry, Frontier, JsonObject } from '#ledger';
import { systemCall } from '#service';
import type { SequencedBatch } from '../domain/sequence.js';
import {
  type FoundEntry,
  type LedgerHead,
  LedgerRows,
  type SequenceEnd,
  type Waiting,
} from '../use-cases/ledger.port.js';
import { frontierFromText, frontierToText } from './frontier-text.js';
import * as sql from './ledger-sql.js';

interface EntryRow {
  readonly index: string;
  readonly type: string | null;
  readonly at: string | null;
  readonly tender_id: string | null;
  readonly entry: string;
}

interface WaitingRow {
  readonly producer: string;
  readonly last_seq: string;
  readonly event: string | null;
}

/**
 * Plain SQL, one statement for each step: entries come in batches of hundreds, which go as one text for each column,
 * and each statement is a transaction of its own.
 */
export class PostgresLedgerRows extends LedgerRows {
  constructor(private readonly database: ServiceDatabase) {
    super();
  }

  async keepWaiting(events: readonly EventEnvelope[]): Promise<void> {
    await this.query(sql.KEEP_WAITING, [
      linesOf(events, ({ producer }) => producer),
      events.map(({ seq }) => seq),
      linesOf(events, (event) => JSON.stringify(event)),
    ]);
  }

  async waiting(limit: number): Promise<Waiting> {
    const rows = await this.query<WaitingRow>(sql.WAITING, [limit]);
    const { factor } = await readClock((text) => this.query(text));
    return {
      events: rows
        .flatMap(({ event }) => (event === null ? [] : [JSON.parse(event) as EventEnvelope]))
        .slice(0, limit),
      lastSeq: new Map(rows.map(({ producer, last_seq }) => [producer, parseInt(last_seq, 10)])),
      clockFactor: factor,
    };
  }

  async hasGap(): Promise<boolean> {
    const [row] = await this.query<{ waits: boolean }>(sql.ANY_WAITS);
    return row?.waits ?? false;
  }

  async forgetPlaced(): Promise<void> {
    await this.query(sql.FORGET_PLACED);
  }

  async takeTurn(writer: string): Promise<SequenceEnd | undefined> {
    const [row] = await this.query<{ size: string; frontier: string | null }>(sql.TAKE_TURN, [writer]);
    if (!row) return undefined;
    const size = parseInt(row.size, 10);
    return { size, frontier: frontierFromText(size, row.frontier) };
  }

  async endTurn(writer: string): Promise<void> {
    await this.query(sql.END_TURN, [writer]);
  }

  async sequence(batch: {
    readonly writer: string;
    readonly from: number;
    readonly sequenced: SequencedBatch;
    readonly events: readonly EventEnvelope[];
  }): Promise<boolean> {
    const { acts, frontier } = batch.sequenced;
    const numbers = numbersOf(batch.events);
    const [moved] = await this.query<{ moved: string }>(sql.SEQUENCE, [
      batch.from,
      batch.writer,
      frontier.size,
      frontierToText(frontier),
      linesOf(acts, ({ leafSha256 }) => leafSha256),
      linesOf(acts, ({ type }) => type),
      linesOf(acts, ({ tenderId }) => tenderId),
      linesOf(acts, ({ at }) => at),
      linesOf(acts, ({ entry }) => entry),
      numbers.map(({ producer }) => producer),
      numbers.map(({ first }) => first),
      numbers.map(({ last }) => last),
      linesOf(acts, ({ producer }) => producer),
      linesOf(acts, ({ seq }) => (seq === null ? null : String(seq))),
      linesOf(acts, ({ sealed }) => sealed),
    ]);
    return moved?.moved === '1';
  }

  async sequenced(from: number, to: number): Promise<{ bytes: Uint8Array; leafHash: Uint8Array }[]> {
    const rows = await this.query<{ entry: string; leaf_sha256: string }>(sql.SEQUENCED, [from, to]);
    return rows.map(({ entry, leaf_sha256 }) => ({ bytes: utf8(entry), leafHash: fromHex(leaf_sha256) }));
  }

  async keyChanges(size: number): Promise<FoundEntry[]> {
    return (await this.query<EntryRow>(sql.KEY_CHANGES, [size])).map(found);
  }

  async announceKey({ from, to, data }: { from: string; to: string; data: JsonObject }): Promise<void> {
    const call = { ...systemCall('change-ledger-key'), idempotencyKey: to, body: { from, to } };
    const event = { subject: ledgerKeyRotated.subject, tenderId: null, data };
    await transact(this.database, call, (tx) => tx.emit(event));
  }

  async head(): Promise<LedgerHead | undefined> {
    const [row] = await this.query<{
      size: string;
      root: string;
      checkpoint: string;
      frontier: string | null;
    }>(sql.HEAD);
    if (!row) return undefined;
    const size = parseInt(row.size, 10);
    return { ...row, size, frontier: frontierFromText(size, row.frontier) };
  }

  async moveHead(from: number | undefined, head: LedgerHead): Promise<boolean> {
    const { size, root, checkpoint, frontier } = head;
    const values = [size, root, checkpoint, frontierToText(frontier as Frontier)];
    const rows =
      from === undefined
        ? await this.query(sql.FIRST_HEAD, values)
        : await this.query(sql.MOVE_HEAD, [...values, from]);
    return rows.length === 1;
  }

  async findByLeaf(leafSha256: string): Promise<FoundEntry | undefined> {
    const [row] = await this.query<EntryRow>(sql.FIND_BY_LEAF, [leafSha256]);
    return row ? found(row) : undefined;
  }

  async list(filter: { tenderId: string | null; afterIndex: number; limit: number }): Promise<FoundEntry[]> {
    const rows = await this.query<EntryRow>(sql.LIST, [filter.afterIndex, filter.tenderId, filter.limit]);
    return rows.map(found);
  }

  private async query<T>(text: string, params: unknown[] = []): Promise<T[]> {
    return asRows<T>(await this.database.dataSource.query(text, params));
  }
}

const linesOf = <T>(items: readonly T[], text: (item: T) => string | null): string =>
  items.map((item) => text(item) ?? '').join('\n');

const found = ({ index, tender_id, type, at, entry }: EntryRow): FoundEntry => ({
  index: parseInt(index, 10),
  tenderId: tender_id,
  type,
  at,
  entry: JSON.parse(entry) as Entry,
});

interface Numbers {
  readonly producer: string;
  readonly first: number;
  readonly last: number;
}

/** The first and last number of each producer; none is missing between. */
function numbersOf(events: readonly EventEnvelope[]): Numbers[] {
  const numbers = new Map<string, Numbers>();
  for (const { producer, seq } of events) {
    const { first, last } = numbers.get(producer) ?? { first: seq, last: seq };
    numbers.set(producer, { producer, first: Math.min(first, seq), last: Math.max(last, seq) });
  }
  return [...numbers.values()];
}
