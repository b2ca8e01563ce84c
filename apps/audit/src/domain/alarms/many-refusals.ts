import { type AlarmRule, indicesOf, type Scene, type WatchedAct } from './alarm-rule.js';
import { crowded } from './crowded.js';

const organisationOf = ({ data }: WatchedAct): string | null =>
  typeof data['organisationId'] === 'string' ? data['organisationId'] : null;

/** Many refusals of one person, or of one organisation, within a time: somebody tries doors. */
export const manyRefusals: AlarmRule = {
  name: 'many-refusals',
  scope: 'person',
  reads: ['*-refused'],
  windowMinutes: ({ alarmRefusalsWindowMinutes }) => alarmRefusalsWindowMinutes,
  decide: ({ acts, settings }: Scene) => {
    const { alarmRefusalsMax: most, alarmRefusalsWindowMinutes: minutes } = settings;
    const find = (kind: 'person' | 'organisation', idOf: (act: WatchedAct) => string | null) =>
      crowded(acts, { idOf, most, minutes }).map(({ id, day, crowd }) => ({
        rule: manyRefusals.name,
        severity: 'warning' as const,
        tenderId: null,
        key: `${manyRefusals.name} ${kind} ${id} ${day}`,
        evidence: {
          entries: indicesOf(crowd),
          values: { kind, id, refusals: crowd.length, refusalsMax: most, windowMinutes: minutes },
        },
      }));
    return [...find('person', ({ personId }) => personId), ...find('organisation', organisationOf)];
  },
};
