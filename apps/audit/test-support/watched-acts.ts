import type { AlarmSettings } from '../src/domain/alarms/alarm-settings.js';
import type { AlarmRule, Belonging, FoundAlarm, WatchedAct } from '../src/domain/alarms/alarm-rule.js';
import { THRESHOLDS } from './thresholds.js';

export const TENDER = '0198a000-0000-7000-8000-000000000001';
export const PERSON = '0198a000-0000-7000-8000-000000000002';
export const FIRM = '0198a000-0000-7000-8000-000000000003';

let index = 0;

/** An act at the next index; its number is the index. */
export function act(type: string, at: string, more: Partial<WatchedAct> = {}): WatchedAct {
  index += 1;
  return {
    index,
    type,
    at,
    tenderId: TENDER,
    personId: null,
    place: { producer: type.split('.')[0]!, seq: index },
    data: {},
    isDemonstration: false,
    ...more,
  };
}

/** What a rule finds in acts at a time. */
export const decide = (
  rule: AlarmRule,
  acts: readonly WatchedAct[],
  {
    now = '2026-12-20T00:00:00.000Z',
    settings = {},
    belonging = new Map(),
  }: { now?: string; settings?: Partial<AlarmSettings>; belonging?: Belonging } = {},
): FoundAlarm[] => rule.decide({ acts, now, settings: { ...THRESHOLDS, ...settings }, belonging });
