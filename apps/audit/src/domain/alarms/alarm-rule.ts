import type { Instant, Uuid } from '#kernel';
import type { AlarmSeverity, AlarmState } from '#contracts';
import type { JsonObject } from '#ledger';
import type { AlarmSettings } from './alarm-settings.js';

/** An act as rules see it: open, or revealed and then at the place of its commitment. */
export interface WatchedAct {
  readonly index: number;
  readonly type: string;
  readonly at: Instant;
  readonly tenderId: Uuid | null;
  readonly personId: Uuid | null;
  /** Null where the act was sealed: the reveal does not say them. */
  readonly place: { readonly producer: string; readonly seq: number } | null;
  readonly data: JsonObject;
  /** Entered under a demonstration clock: rules that compare times let it pass. */
  readonly isDemonstration: boolean;
}

/** What everybody who was asked about is known to belong to, by person. */
export type Belonging = ReadonlyMap<Uuid, Uuid | null>;

export interface Scene {
  /** In ledger order. */
  readonly acts: readonly WatchedAct[];
  readonly now: Instant;
  readonly settings: AlarmSettings;
  /** The organisation of each expert of the tender, where a rule is about a tender. */
  readonly belonging: Belonging;
}

export interface FoundAlarm {
  readonly rule: string;
  readonly severity: AlarmSeverity;
  readonly tenderId: Uuid | null;
  /** The same finding has the same key, and is one alarm for ever. */
  readonly key: string;
  readonly evidence: {
    /** Indices of the entries that show it. */
    readonly entries: readonly number[];
    readonly values: JsonObject;
  };
}

/**
 * A rule looks at acts of one `scope`: those of a tender, those of a person within the window that it names, or each act
 * as it is entered. `reads` are the types that it is given, `*` being all; one of them entered anew makes it look again.
 */
export interface AlarmRule {
  readonly name: string;
  readonly scope: 'tender' | 'person' | 'act';
  readonly reads: readonly string[];
  readonly windowMinutes?: (settings: AlarmSettings) => number;
  readonly decide: (scene: Scene) => FoundAlarm[];
  /** When time alone may make the rule find something; null when it cannot any more. */
  readonly lookAgainAt?: (scene: Scene) => Instant | null;
}

export const isRead = ({ reads }: Pick<AlarmRule, 'reads'>, type: string): boolean =>
  reads.some((read) =>
    read.startsWith('*')
      ? type.endsWith(read.slice(1))
      : read.endsWith('*')
        ? type.startsWith(read.slice(0, -1))
        : read === type,
  );

export const indicesOf = (acts: readonly WatchedAct[]): number[] => acts.map(({ index }) => index);

/** States that an alarm may come to from one: what is closed stays closed. */
export const NEXT_STATES: Readonly<Record<AlarmState, readonly AlarmState[]>> = {
  open: ['acknowledged', 'closed'],
  acknowledged: ['closed'],
  closed: [],
};
