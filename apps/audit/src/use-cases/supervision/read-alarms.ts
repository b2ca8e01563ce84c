import { DomainError } from '#kernel';
import type {
  Alarm,
  getAlarm,
  handleAlarm,
  listAlarms,
  RequestOf,
  ResponseOf,
  RegionScope,
} from '#contracts';
import type { Call } from '#service';
import { NEXT_STATES } from '../../domain/alarms/alarm-rule.js';
import { subjectsOf } from '../../domain/supervision/searched-entry.js';
import type { JsonObject } from '#ledger';
import type { AlarmRow } from './alarms.port.js';
import { namesOf } from './names.js';
import type { SupervisionPorts } from './supervision-ports.js';

type Names = Readonly<Record<string, string>>;

const shown = (row: AlarmRow, names: Names): Alarm => {
  const { region, handling, evidence, ...rest } = row;
  return {
    ...rest,
    regionCode: region,
    evidence: { ...evidence },
    handling: handling.map((step) => ({ ...step, name: names[step.personId] ?? null })),
  };
};

const namesIn = (ports: SupervisionPorts, rows: readonly AlarmRow[]): Promise<Names> =>
  namesOf(
    ports,
    rows.flatMap(({ evidence, handling }) => [
      ...subjectsOf(evidence as JsonObject, null),
      ...handling.map(({ personId }) => ({ kind: 'person' as const, id: personId })),
    ]),
  );

/** Newest first, with the counts of the whole scope. */
export async function list(
  ports: SupervisionPorts,
  scope: RegionScope,
  { after, limit, ...filter }: RequestOf<typeof listAlarms>,
): Promise<ResponseOf<typeof listAlarms>> {
  const rows = await ports.alarms.list({ ...filter, scope }, after ?? null, limit);
  const groups = await ports.alarms.count(scope);
  const sumOf = (isMeant: (group: (typeof groups)[number]) => boolean): number =>
    groups.filter(isMeant).reduce((sum, { count }) => sum + count, 0);
  const inState = (state: string): number => sumOf((group) => group.state === state);
  const openOf = (severity: string): number =>
    sumOf((group) => group.state === 'open' && group.severity === severity);
  const names = await namesIn(ports, rows);
  return {
    items: rows.map((row) => shown(row, names)),
    next: rows.length === limit ? rows.at(-1)!.alarmId : null,
    counts: {
      open: inState('open'),
      acknowledged: inState('acknowledged'),
      closed: inState('closed'),
      bySeverity: { info: openOf('info'), warning: openOf('warning'), critical: openOf('critical') },
    },
    names: { ...names },
  };
}

/** Throws `alarm.unknown`. */
export async function get(
  ports: SupervisionPorts,
  scope: RegionScope,
  { alarmId }: RequestOf<typeof getAlarm>,
): Promise<ResponseOf<typeof getAlarm>> {
  const row = await ports.alarms.find(alarmId, scope);
  if (!row) throw new DomainError('alarm.unknown', 'There is no such alarm.');
  const names = await namesIn(ports, [row]);
  return { ...shown(row, names), names: { ...names } };
}

/** An alarm is acknowledged, then closed, or closed at once; what is closed stays so. Throws `alarm.unknown`, `alarm.wrong-state`. */
export async function handle(
  ports: SupervisionPorts,
  scope: RegionScope,
  { alarmId, to, reason }: RequestOf<typeof handleAlarm>,
  call: Call,
): Promise<ResponseOf<typeof handleAlarm>> {
  const row = await ports.alarms.handle(call, alarmId, scope, ({ state }, at) => {
    if (!NEXT_STATES[state].includes(to))
      throw new DomainError('alarm.wrong-state', `The alarm is ${state} and cannot become ${to}.`, { state });
    return { personId: call.actorId!, at, to, reason };
  });
  return shown(row, await namesIn(ports, [row]));
}
