import { addMs, type Instant } from '#kernel';
import { type AlarmRule, type FoundAlarm, indicesOf, type Scene } from './alarm-rule.js';
import type { AlarmSettings } from './alarm-settings.js';
import { crowded } from './crowded.js';

/** Whether it is night at the centre; a night may go over midnight. */
export function isAtNight(at: Instant, settings: AlarmSettings): boolean {
  const { alarmNightFromHour: from, alarmNightToHour: to, alarmUtcOffsetMinutes: offset } = settings;
  const hour = parseInt(addMs(at, offset * 60_000).slice(11, 13), 10);
  return from <= to ? hour >= from && hour < to : hour >= from || hour < to;
}

/** Many reads of what is confidential by one person within a time, or any of them at night. */
export const unusualReads: AlarmRule = {
  name: 'unusual-reads',
  scope: 'person',
  reads: ['*-read'],
  windowMinutes: ({ alarmReadsWindowMinutes }) => alarmReadsWindowMinutes,
  decide: ({ acts: all, settings }: Scene): FoundAlarm[] => {
    // Who reads what is one's own does nothing unusual, at whatever hour.
    const acts = all.filter(({ data }) => data['reads'] !== 'own');
    const { alarmReadsMax: most, alarmReadsWindowMinutes: minutes } = settings;
    const idOf = ({ personId }: { readonly personId: string | null }) => personId;
    const found = (what: 'many' | 'night', crowds: ReturnType<typeof crowded>): FoundAlarm[] =>
      crowds.map(({ id, day, crowd }) => ({
        rule: unusualReads.name,
        severity: 'warning',
        tenderId: null,
        key: `${unusualReads.name} ${what} ${id} ${day}`,
        evidence: {
          entries: indicesOf(crowd),
          values: {
            what,
            personId: id,
            reads: crowd.length,
            firstAt: crowd[0]!.at,
            lastAt: crowd.at(-1)!.at,
          },
        },
      }));
    const atNight = acts.filter(({ at }) => isAtNight(at, settings));
    return [
      ...found('many', crowded(acts, { idOf, most, minutes })),
      ...found('night', crowded(atNight, { idOf, most: 0, minutes: 1 })),
    ];
  },
};
