import { addMs, type Instant, isBefore, type Uuid } from '#kernel';
import { nameSubjects } from '#contracts';
import type { Call } from '#service';
import {
  type AlarmRule,
  type Belonging,
  type FoundAlarm,
  isRead,
  type Scene,
  type WatchedAct,
} from '../../domain/alarms/alarm-rule.js';
import { ALARM_RULES } from '../../domain/alarms/rules.js';
import type { NewActs } from './alarms.port.js';
import type { SupervisionPorts } from './supervision-ports.js';

/** Acts that rules see in one step; of one tender; of one person or organisation. */
const ACTS_AT_ONCE = 500;
const ACTS_OF_TENDER_MAX = 2_000;
const ACTS_OF_ONE_MAX = 1_000;
/** When whoever knows whose people experts are did not answer. */
const ASK_AGAIN_MS = 60_000;

const MINUTE_MS = 60_000;
const rulesOf = (scope: AlarmRule['scope']): AlarmRule[] =>
  ALARM_RULES.filter((rule) => rule.scope === scope);
const typesOf = (rules: readonly AlarmRule[]): string[] => [...new Set(rules.flatMap(({ reads }) => reads))];

/** Shows every new act to the rules and keeps what they find; in several processes at once each act is seen once. */
export async function watchAlarms(ports: SupervisionPorts, call: Call, signal: AbortSignal): Promise<void> {
  for (let isMore = true; isMore && !signal.aborted;) {
    const seen = await ports.alarms.newActs(ACTS_AT_ONCE);
    if (seen.to === seen.from && seen.dueTenders.length === 0) return;
    const lookAgain = new Map<Uuid, Instant | null>();
    const found = [
      ...watchActs(ports, seen),
      ...(await watchPeople(ports, seen)),
      ...(await watchTenders(ports, seen, lookAgain)),
    ];
    const { from, to } = seen;
    const isOurs = await ports.alarms.commit(call, { from, to, latest: latestOf(seen), found, lookAgain });
    isMore = isOurs && to - from === ACTS_AT_ONCE;
  }
}

function watchActs({ thresholds: settings }: SupervisionPorts, seen: NewActs): FoundAlarm[] {
  return rulesOf('act').flatMap((rule) => {
    const acts = seen.acts.filter(({ type }) => isRead(rule, type));
    const scene = { acts: [...seen.latest, ...acts], now: seen.now, settings, belonging: new Map() };
    const fresh = new Set(acts.map(({ index }) => index));
    return acts.length === 0
      ? []
      : rule.decide(scene).filter(({ evidence }) => evidence.entries.some((index) => fresh.has(index)));
  });
}

/** What the clocks of services are compared with: the last act of each by its number, without its data. */
function latestOf({ latest, acts }: NewActs): WatchedAct[] {
  const byProducer = new Map<string, WatchedAct>();
  for (const act of [...latest, ...acts]) {
    if (act.place === null) continue;
    const known = byProducer.get(act.place.producer);
    if (known === undefined || known.place!.seq < act.place.seq)
      byProducer.set(act.place.producer, { ...act, data: {} });
  }
  return [...byProducer.values()];
}

async function watchPeople({ alarms, thresholds: settings }: SupervisionPorts, seen: NewActs) {
  const found: FoundAlarm[] = [];
  for (const rule of rulesOf('person')) {
    const fresh = seen.acts.filter(({ type }) => isRead(rule, type));
    const asked = new Map<string, { kind: 'person' | 'organisation'; id: Uuid; since: Instant }>();
    const windowMs = rule.windowMinutes!(settings) * MINUTE_MS;
    for (const { personId, data, at } of fresh) {
      const since = addMs(at, -windowMs);
      const ask = (kind: 'person' | 'organisation', id: unknown): void => {
        if (typeof id !== 'string') return;
        const known = asked.get(`${kind} ${id}`)?.since;
        if (known === undefined || isBefore(since, known)) asked.set(`${kind} ${id}`, { kind, id, since });
      };
      ask('person', personId);
      ask('organisation', data['organisationId']);
    }
    for (const { since, ...who } of asked.values()) {
      const acts = await alarms.actsOf(who, rule.reads, since, ACTS_OF_ONE_MAX);
      found.push(...rule.decide({ acts, now: seen.now, settings, belonging: new Map() }));
    }
  }
  return found;
}

async function watchTenders(
  ports: SupervisionPorts,
  seen: NewActs,
  lookAgain: Map<Uuid, Instant | null>,
): Promise<FoundAlarm[]> {
  const { alarms, thresholds: settings } = ports;
  const rules = rulesOf('tender');
  const isWatched = ({ type }: WatchedAct): boolean => rules.some((rule) => isRead(rule, type));
  const touched = seen.acts.filter(isWatched).flatMap(({ tenderId }) => tenderId ?? []);
  const found: FoundAlarm[] = [];
  for (const tenderId of new Set([...touched, ...seen.dueTenders])) {
    const own = await alarms.actsOfTender(tenderId, typesOf(rules), ACTS_OF_TENDER_MAX);
    const { belonging, certified } = await expertsOf(ports, own);
    const scene = {
      acts: [...certified, ...own],
      now: seen.now,
      settings,
      belonging: belonging ?? new Map(),
    };
    const looks = rules.map((rule): Instant | null => {
      const read = { ...scene, acts: scene.acts.filter(({ type }) => isRead(rule, type)) } satisfies Scene;
      found.push(...(read.acts.length === 0 ? [] : rule.decide(read)));
      return rule.lookAgainAt?.(read) ?? null;
    });
    const asking = belonging === undefined ? [addMs(seen.now, ASK_AGAIN_MS)] : [];
    const next = [...looks, ...asking].filter((at) => at !== null).sort()[0] ?? null;
    lookAgain.set(tenderId, next);
  }
  return found;
}

/** What is known of the experts of a tender whose bidders are named; `belonging` undefined where nobody answered. */
async function expertsOf(
  { alarms, requests, log }: SupervisionPorts,
  acts: readonly WatchedAct[],
): Promise<{ readonly belonging: Belonging | undefined; readonly certified: readonly WatchedAct[] }> {
  const published = acts.find(({ type }) => type === 'tendering.tender-published');
  const ids: readonly unknown[] = Array.isArray(published?.data['expertIds'])
    ? published.data['expertIds']
    : [];
  const personIds = ids.filter((id) => typeof id === 'string');
  const isNamed = acts.some(({ type }) => type === 'vault.bidders-named');
  if (personIds.length === 0 || !isNamed) return { belonging: new Map(), certified: [] };
  const certified = await alarms.actsNaming(personIds, 'registration.certificate-issued', ACTS_OF_ONE_MAX);
  try {
    const { people } = await requests.ask(nameSubjects, { personIds, organisationIds: [] });
    const belonging = new Map(people.map(({ personId, organisationId }) => [personId, organisationId]));
    return { belonging, certified };
  } catch (error) {
    log.warn({ error }, 'whose people the experts are is asked again');
    return { belonging: undefined, certified };
  }
}
