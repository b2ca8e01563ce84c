import { addMs, type Instant, isBefore, isInstant } from '#kernel';
import type { AlarmRule, FoundAlarm, Scene } from './alarm-rule.js';

const HOUR_MS = 3_600_000;
const deadlineIn = (value: unknown): Instant | null =>
  typeof value === 'string' && isInstant(value) ? value : null;

/** The deadline of a tender moved shortly before it, or after it had passed. */
export const deadlineMoved: AlarmRule = {
  name: 'deadline-moved',
  scope: 'tender',
  reads: [
    'tendering.tender-published',
    'tendering.tender-amended',
    'tendering.deadline-moved',
    'tendering.tender-closed',
  ],
  decide: ({ acts, settings }: Scene): FoundAlarm[] => {
    let before: { readonly index: number; readonly deadlineAt: Instant } | null = null;
    const found: FoundAlarm[] = [];
    for (const act of acts) {
      const deadlineAt = deadlineIn(act.data['deadlineAt']);
      if (deadlineAt === null) continue;
      const isMoved = before !== null && before.deadlineAt !== deadlineAt;
      if (isMoved && !act.isDemonstration) {
        const near = addMs(before!.deadlineAt, -settings.alarmDeadlineHours * HOUR_MS);
        if (!isBefore(act.at, near)) {
          found.push({
            rule: deadlineMoved.name,
            severity: isBefore(act.at, before!.deadlineAt) ? 'warning' : 'critical',
            tenderId: act.tenderId,
            key: `${deadlineMoved.name} ${act.tenderId} ${act.index}`,
            evidence: {
              entries: [before!.index, act.index],
              values: { from: before!.deadlineAt, to: deadlineAt, movedAt: act.at },
            },
          });
        }
      }
      before = { index: act.index, deadlineAt };
    }
    return found;
  },
};
