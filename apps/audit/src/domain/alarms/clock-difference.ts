import { instantToMs } from '#kernel';
import type { AlarmRule, FoundAlarm, Scene, WatchedAct } from './alarm-rule.js';

type Placed = WatchedAct & { readonly place: NonNullable<WatchedAct['place']> };
const isPlaced = (act: WatchedAct): act is Placed => act.place !== null && !act.isDemonstration;

const alarm = (
  what: string,
  acts: readonly WatchedAct[],
  seconds: number,
  secondsMax: number,
): FoundAlarm => {
  const last = acts.at(-1)!;
  return {
    rule: clockDifference.name,
    severity: what === 'entered-late' ? 'info' : 'warning',
    tenderId: last.tenderId,
    // One alarm an hour and service says that its clock is wrong.
    key: `${clockDifference.name} ${what} ${last.place!.producer} ${last.at.slice(0, 13)}`,
    evidence: {
      entries: acts.map(({ index }) => index),
      values: { what, producer: last.place!.producer, seconds, secondsMax },
    },
  };
};

/**
 * Times that cannot be right: a service's acts go back by more than its transactions overlap, are ahead of the ledger's
 * time, or came to the ledger long after they happened (a service that was cut off looks the same).
 */
export const clockDifference: AlarmRule = {
  name: 'clock-difference',
  scope: 'act',
  reads: ['*'],
  decide: ({ acts, now, settings }: Scene): FoundAlarm[] => {
    const { alarmClockSeconds: most, alarmEnteredSeconds: enteredMost } = settings;
    const placed = acts.filter(isPlaced);
    const inOrder = placed.toSorted((a, b) =>
      a.place.producer === b.place.producer
        ? a.place.seq - b.place.seq
        : a.place.producer < b.place.producer
          ? -1
          : 1,
    );
    const found: FoundAlarm[] = [];
    let latest: Placed | undefined;
    for (const act of inOrder) {
      if (latest?.place.producer !== act.place.producer) latest = undefined;
      const back = latest ? (instantToMs(latest.at) - instantToMs(act.at)) / 1000 : 0;
      const ahead = (instantToMs(act.at) - instantToMs(now)) / 1000;
      if (back > most) found.push(alarm('goes-back', [latest!, act], Math.floor(back), most));
      if (ahead > most) found.push(alarm('ahead', [act], Math.floor(ahead), most));
      if (-ahead > enteredMost) found.push(alarm('entered-late', [act], Math.floor(-ahead), enteredMost));
      if (back <= 0) latest = act;
    }
    return found;
  },
};
