import { addMs, type Instant, instantToMs, isBefore } from '#kernel';
import { type AlarmRule, type FoundAlarm, indicesOf, type Scene, type WatchedAct } from './alarm-rule.js';

const OPENING = [
  'vault.shares-taken',
  'vault.shares-given',
  'vault.combining-begun',
  'vault.envelopes-opened',
];
const ENDED = ['tendering.tender-failed', 'tendering.tender-cancelled', 'vault.opening-failed'];

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Milliseconds for which the tender was suspended so far; null while it is. */
function suspendedMs(acts: readonly WatchedAct[]): number | null {
  let since: Instant | null = null;
  let sum = 0;
  for (const { type, at, data } of acts) {
    if (type === 'tendering.tender-suspended') since ??= at;
    if (type === 'tendering.tender-resumed' && data['isGoingOn'] === true && since !== null) {
      sum += instantToMs(at) - instantToMs(since);
      since = null;
    }
  }
  return since === null ? sum : null;
}

/** Until when the technical envelopes are to be open; null while that cannot be said. */
function lateFrom({ acts, settings }: Scene): Instant | null {
  const close = acts.find(({ type }) => type === 'vault.bids-closed');
  const closedAt = textOf(close?.data['closedAt']);
  const suspended = suspendedMs(acts);
  if (closedAt === null || close!.isDemonstration || suspended === null) return null;
  return addMs(closedAt, settings.alarmOpeningLateMinutes * 60_000 + suspended);
}

const isOpened = ({ type, data }: WatchedAct): boolean =>
  type === 'vault.envelopes-opened' && data['envelopeId'] === 'technical';

/** Anything of an opening before the deadline that holds. */
function early(acts: readonly WatchedAct[]): FoundAlarm[] {
  let deadlineAt: Instant | null = null;
  for (const act of acts) {
    deadlineAt = textOf(act.data['deadlineAt']) ?? deadlineAt;
    const isEarly = OPENING.includes(act.type) && deadlineAt !== null && isBefore(act.at, deadlineAt);
    if (!isEarly || act.isDemonstration) continue;
    return [
      {
        rule: openingTime.name,
        severity: 'critical',
        tenderId: act.tenderId,
        key: `${openingTime.name} ${act.tenderId} early`,
        evidence: { entries: [act.index], values: { what: 'early', openedAt: act.at, deadlineAt } },
      },
    ];
  }
  return [];
}

function late(scene: Scene): FoundAlarm[] {
  const { acts, now } = scene;
  const due = lateFrom(scene);
  const opened = acts.find(isOpened);
  if (due === null || !isBefore(due, opened?.at ?? now)) return [];
  if (opened === undefined && acts.some(({ type }) => ENDED.includes(type))) return [];
  const [first] = acts;
  const evidence = acts.filter((act) => act.type === 'vault.bids-closed' || act === opened);
  return [
    {
      rule: openingTime.name,
      severity: 'warning',
      tenderId: first!.tenderId,
      key: `${openingTime.name} ${first!.tenderId} late`,
      evidence: {
        entries: indicesOf(evidence),
        values: { what: 'late', dueAt: due, openedAt: opened?.at ?? null },
      },
    },
  ];
}

/** An opening earlier than the deadline, or much later than the close; the time of suspensions does not count. */
export const openingTime: AlarmRule = {
  name: 'opening-time',
  scope: 'tender',
  reads: [
    ...OPENING,
    ...ENDED,
    'vault.bids-closed',
    'tendering.tender-published',
    'tendering.tender-suspended',
    'tendering.tender-resumed',
  ],
  decide: (scene) => [...early(scene.acts), ...late(scene)],
  lookAgainAt: (scene) => {
    const { acts } = scene;
    const isOver = acts.some((act) => isOpened(act) || ENDED.includes(act.type));
    const due = isOver ? null : lateFrom(scene);
    return due !== null && isBefore(scene.now, due) ? due : null;
  },
};
