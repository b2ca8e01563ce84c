import { addDays, instantToMs, isBefore, isInstant } from '#kernel';
import type { AlarmRule, Scene, WatchedAct } from './alarm-rule.js';

const DAY_MS = 86_400_000;

const endOf = ({ data }: WatchedAct): string | null => {
  const end = data['grantedUntil'] ?? data['until'];
  return typeof end === 'string' && isInstant(end) ? end : null;
};

/** A bidder's role comes with the organisation's registration, and is power over nothing. */
const isOfBidder = ({ data: { roles } }: WatchedAct): boolean =>
  Array.isArray(roles) && roles.length > 0 && roles.every((role) => role === 'bidder');

/** Power that was granted without an end, or for longer than is usual. */
export const longGrant: AlarmRule = {
  name: 'long-grant',
  scope: 'act',
  reads: ['registration.account-created', 'registration.grant-given', 'registration.role-granted'],
  decide: ({ acts, settings }: Scene) =>
    acts.flatMap((act) => {
      const end = endOf(act);
      const latest = addDays(act.at, settings.alarmGrantDaysMax);
      if (isOfBidder(act)) return [];
      if (end !== null && (act.isDemonstration || !isBefore(latest, end))) return [];
      const days = end === null ? null : Math.ceil((instantToMs(end) - instantToMs(act.at)) / DAY_MS);
      return [
        {
          rule: longGrant.name,
          severity: end === null ? ('critical' as const) : ('warning' as const),
          tenderId: act.tenderId,
          key: `${longGrant.name} ${act.index}`,
          evidence: {
            entries: [act.index],
            values: {
              personId: act.data['personId'] ?? null,
              roles: act.data['roles'] ?? act.data['role'] ?? null,
              until: end,
              days,
              daysMax: settings.alarmGrantDaysMax,
            },
          },
        },
      ];
    }),
};
