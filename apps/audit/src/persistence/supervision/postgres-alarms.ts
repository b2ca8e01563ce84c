import { DomainError, type Instant, type Uuid } from '#kernel';
import {
  alarmHandled,
  type alarmRaised,
  type AlarmState,
  type DataOf,
  type EventEnvelope,
  type RegionScope,
} from '#contracts';
import { asRows, readClock, type ServiceDatabase, takeOnce, transact } from '#database';
import type { Call } from '#service';
import type { WatchedAct } from '../../domain/alarms/alarm-rule.js';
import {
  type AlarmFilter,
  type AlarmRow,
  Alarms,
  type Handling,
  type NewActs,
  type Watched,
} from '../../use-cases/supervision/alarms.port.js';
import * as sql from './alarm-sql.js';
import { type FoundRow, searchedRow, watchedAct } from './entry-rows.js';
import { addScope, Conditions } from './filter-sql.js';
import { raise } from './raise-alarms.js';

interface Row {
  readonly alarm_id: Uuid;
  readonly rule: string;
  readonly severity: AlarmRow['severity'];
  readonly state: AlarmState;
  readonly tender_id: Uuid | null;
  readonly title: AlarmRow['tenderTitle'];
  readonly region: string | null;
  readonly raised_at: Instant;
  readonly evidence: Record<string, unknown>;
  readonly handling: Handling[];
}

type Counted = Awaited<ReturnType<Alarms['count']>>;

/** Types as rules write them, for LIKE. */
const patterns = (types: readonly string[]): string[] => types.map((type) => type.replaceAll('*', '%'));

export class PostgresAlarms extends Alarms {
  constructor(private readonly database: ServiceDatabase) {
    super();
  }

  async newActs(limit: number): Promise<NewActs> {
    const [cursor] = await this.query<{
      seen: string;
      searched: string;
      state: { latest?: readonly WatchedAct[] };
    }>(sql.ALARM_CURSOR);
    const from = parseInt(cursor!.seen, 10);
    const to = Math.min(parseInt(cursor!.searched, 10), from + limit);
    const { now } = await readClock((text) => this.query(text));
    const rows = to > from ? await this.query<FoundRow>(sql.NEW_ACTS, [from, to]) : [];
    const due = await this.query<{ tender_id: Uuid }>(sql.DUE_TENDERS, [now]);
    return {
      from,
      to,
      now,
      acts: acts(rows),
      latest: cursor!.state.latest ?? [],
      dueTenders: due.map(({ tender_id }) => tender_id),
    };
  }

  async actsOfTender(tenderId: Uuid, types: readonly string[], limit: number): Promise<WatchedAct[]> {
    return acts(await this.query<FoundRow>(sql.ACTS_OF_TENDER, [tenderId, patterns(types), limit]));
  }

  async actsOf(
    { kind, id }: { readonly kind: 'person' | 'organisation'; readonly id: Uuid },
    types: readonly string[],
    since: Instant,
    limit: number,
  ): Promise<WatchedAct[]> {
    const statement = kind === 'person' ? sql.ACTS_OF_PERSON : sql.ACTS_OF_ORGANISATION;
    return acts(await this.query<FoundRow>(statement, [id, patterns(types), since, limit]));
  }

  async actsNaming(personIds: readonly Uuid[], type: string, limit: number): Promise<WatchedAct[]> {
    return acts(await this.query<FoundRow>(sql.ACTS_NAMING, [[...personIds], type, limit]));
  }

  commit(call: Call, { from, to, latest, found, lookAgain }: Watched): Promise<boolean> {
    return transact(this.database, call, async (tx) => {
      const moved = await tx.query(sql.MOVE_ALARM_CURSOR, [from, to, JSON.stringify({ latest })]);
      if (moved.length === 0) return false;
      for (const [tenderId, at] of lookAgain) await tx.query(sql.LOOK_AGAIN, [tenderId, at]);
      await raise(tx, () => this.database.newEventId(), found);
      return true;
    });
  }

  async keepRaised(event: EventEnvelope, data: DataOf<typeof alarmRaised>): Promise<void> {
    const { rule, severity, evidence, tenderId = event.tenderId, alarmId = event.id } = data;
    const region = typeof evidence['regionCode'] === 'string' ? evidence['regionCode'] : null;
    await takeOnce(this.database, 'audit-alarms', event, async (tx) => {
      const values = [tenderId, region, event.occurredAt, JSON.stringify(evidence)];
      await tx.query(sql.KEEP_RAISED, [alarmId, `event ${event.id}`, rule, severity, ...values]);
    });
  }

  async list({ scope, ...filter }: AlarmFilter, before: Uuid | null, limit: number): Promise<AlarmRow[]> {
    const conditions = new Conditions();
    addScope(conditions, 'a.region', scope);
    if (filter.state !== undefined) conditions.add('a.state = ?', filter.state);
    if (filter.severity !== undefined) conditions.add('a.severity = ?', filter.severity);
    if (filter.rule !== undefined) conditions.add('a.rule = ?', filter.rule);
    if (filter.tenderId !== undefined) conditions.add('a.tender_id = ?::uuid', filter.tenderId);
    if (before !== null) conditions.add('a.alarm_id < ?::uuid', before);
    const rows = await this.query<Row>(
      `SELECT ${sql.ALARM_COLUMNS} ${sql.ALARM_FROM} WHERE ${conditions}
       ORDER BY a.alarm_id DESC LIMIT ${conditions.place(limit)}`,
      conditions.values,
    );
    return rows.map(alarmRow);
  }

  async find(alarmId: Uuid, scope: RegionScope): Promise<AlarmRow | undefined> {
    const { text, values } = findStatement(alarmId, scope);
    const [row] = await this.query<Row>(text, values);
    return row && alarmRow(row);
  }

  async count(scope: RegionScope): Promise<Counted> {
    const conditions = new Conditions();
    addScope(conditions, 'region', scope);
    return this.query(
      `SELECT state, severity, count(*)::int AS count FROM alarm WHERE ${conditions} GROUP BY state, severity`,
      conditions.values,
    );
  }

  handle(
    call: Call,
    alarmId: Uuid,
    scope: RegionScope,
    decide: (alarm: AlarmRow, now: Instant) => Handling,
  ): Promise<AlarmRow> {
    return transact(this.database, call, async (tx) => {
      const { text, values } = findStatement(alarmId, scope);
      const [row] = await tx.query<Row>(`${text} FOR UPDATE OF a`, values);
      if (row === undefined) throw new DomainError('alarm.unknown', 'There is no such alarm.');
      const alarm = alarmRow(row);
      const handling = decide(alarm, tx.now);
      await tx.query(sql.HANDLED, [alarmId, handling.to, JSON.stringify([handling])]);
      await tx.emit({
        subject: alarmHandled.subject,
        tenderId: alarm.tenderId,
        data: { alarmId, rule: alarm.rule, from: alarm.state, to: handling.to, reason: handling.reason },
      });
      return { ...alarm, state: handling.to, handling: [...alarm.handling, handling] };
    });
  }

  private async query<T>(text: string, params: readonly unknown[] = []): Promise<T[]> {
    return asRows<T>(await this.database.dataSource.query(text, [...params]));
  }
}

function findStatement(alarmId: Uuid, scope: RegionScope): { text: string; values: readonly unknown[] } {
  const conditions = new Conditions();
  conditions.add('a.alarm_id = ?::uuid', alarmId);
  addScope(conditions, 'a.region', scope);
  const text = `SELECT ${sql.ALARM_COLUMNS} ${sql.ALARM_FROM} WHERE ${conditions}`;
  return { text, values: conditions.values };
}

/** In ledger order, whichever way they were found. */
const acts = (rows: readonly FoundRow[]): WatchedAct[] =>
  rows.flatMap((row) => watchedAct(searchedRow(row)) ?? []).sort((a, b) => a.index - b.index);

const alarmRow = (row: Row): AlarmRow => ({
  alarmId: row.alarm_id,
  rule: row.rule,
  severity: row.severity,
  state: row.state,
  tenderId: row.tender_id,
  tenderTitle: row.title,
  region: row.region,
  raisedAt: row.raised_at,
  evidence: row.evidence,
  handling: row.handling,
});
