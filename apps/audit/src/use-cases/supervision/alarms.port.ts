import type { Instant, Uuid } from '#kernel';
import type { AlarmSeverity, AlarmState, DataOf, EventEnvelope, alarmRaised, RegionScope } from '#contracts';
import type { Call } from '#service';
import type { FoundAlarm, WatchedAct } from '../../domain/alarms/alarm-rule.js';

export interface Handling {
  readonly personId: Uuid;
  readonly at: Instant;
  readonly to: AlarmState;
  readonly reason: string;
}

export interface AlarmRow {
  readonly alarmId: Uuid;
  readonly rule: string;
  readonly severity: AlarmSeverity;
  readonly state: AlarmState;
  readonly tenderId: Uuid | null;
  readonly tenderTitle: { readonly zh: string; readonly en: string } | null;
  readonly region: string | null;
  readonly raisedAt: Instant;
  readonly evidence: Readonly<Record<string, unknown>>;
  readonly handling: readonly Handling[];
}

export interface AlarmFilter {
  readonly scope: RegionScope;
  readonly state?: AlarmState | undefined;
  readonly severity?: AlarmSeverity | undefined;
  readonly rule?: string | undefined;
  readonly tenderId?: Uuid | undefined;
}

/** Acts that rules have not seen: entered from `from` up to `to`, or revealed by what was. */
export interface NewActs {
  readonly from: number;
  readonly to: number;
  readonly acts: readonly WatchedAct[];
  /** The latest act of each service that rules saw before. */
  readonly latest: readonly WatchedAct[];
  /** Tenders in which time alone may have made something found. */
  readonly dueTenders: readonly Uuid[];
  readonly now: Instant;
}

export interface Watched {
  readonly from: number;
  readonly to: number;
  readonly latest: readonly WatchedAct[];
  readonly found: readonly FoundAlarm[];
  /** When to look at a tender again; null for no more. */
  readonly lookAgain: ReadonlyMap<Uuid, Instant | null>;
}

/** Alarms and what they are found in. */
export abstract class Alarms {
  abstract newActs(limit: number): Promise<NewActs>;
  /** Acts about a tender of types that match, in ledger order, the first `limit`; `*` stands for any text. */
  abstract actsOfTender(tenderId: Uuid, types: readonly string[], limit: number): Promise<WatchedAct[]>;
  /** As {@link Alarms.actsOfTender}, of who acted or of the organisation that is named, the latest `limit` since then. */
  abstract actsOf(
    who: { readonly kind: 'person' | 'organisation'; readonly id: Uuid },
    types: readonly string[],
    since: Instant,
    limit: number,
  ): Promise<WatchedAct[]>;
  /** Acts of one type that name a person. */
  abstract actsNaming(personIds: readonly Uuid[], type: string, limit: number): Promise<WatchedAct[]>;
  /**
   * All or nothing: what was found is kept and told, each finding once for ever, and these acts count as seen. False,
   * and nothing done, where another process saw them first.
   */
  abstract commit(call: Call, watched: Watched): Promise<boolean>;
  /** Keeps an alarm that another part of the platform raised, once. */
  abstract keepRaised(event: EventEnvelope, data: DataOf<typeof alarmRaised>): Promise<void>;

  abstract list(filter: AlarmFilter, before: Uuid | null, limit: number): Promise<AlarmRow[]>;
  abstract find(alarmId: Uuid, scope: RegionScope): Promise<AlarmRow | undefined>;
  /** Of the whole scope, by state and severity. */
  abstract count(
    scope: RegionScope,
  ): Promise<
    readonly { readonly state: AlarmState; readonly severity: AlarmSeverity; readonly count: number }[]
  >;
  /** Decides on one alarm, locked; what is decided is kept and told. Throws `alarm.unknown`, and what `decide` throws. */
  abstract handle(
    call: Call,
    alarmId: Uuid,
    scope: RegionScope,
    decide: (alarm: AlarmRow, now: Instant) => Handling,
  ): Promise<AlarmRow>;
}
