import {
  type Actor,
  errorEntry,
  isErrorCode,
  type Reads,
  type Reply,
  type RequestContract,
  type RequestEnvelope,
  type ServiceName,
} from '#contracts';
import { type ServiceDatabase, transact, type Tx } from '#database';
import { namedIds, thingOf } from './named-ids.js';
import { OnceWithin } from './once-within.js';
import { sealAct } from './sealed-acts.js';

export const ENTRY_LIMITS = {
  /** Readings of one own thing by one person, and refusals that may be tried again, are entered once in so long. */
  onceInMinutes: 10,
  /** So many of them a process remembers; what it forgets is entered once more. */
  rememberedMax: 20_000,
} as const;

/** What is entered of one request. */
interface Entry {
  readonly type: 'request-refused' | 'record-read';
  readonly tenderId: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * The one place where requests of a service are entered, beside the acts that they make: refusals by a rule, and every
 * reading of what is not public. The entry is committed before the answer leaves, so that nothing is shown, and no rule
 * applied, without it. What a person of an organisation does is sealed: it would tell who bids.
 */
export class RequestEntries {
  private readonly once = new OnceWithin({
    ms: ENTRY_LIMITS.onceInMinutes * 60_000,
    max: ENTRY_LIMITS.rememberedMax,
  });

  constructor(
    private readonly database: ServiceDatabase,
    private readonly service: ServiceName,
  ) {}

  /** Throws `database.unavailable` where nothing can be entered; then the reply must not leave. */
  async enter(contract: RequestContract, envelope: RequestEnvelope, reply: Reply): Promise<void> {
    if (reply.ok) await this.enterReading(contract, envelope, reply.body);
    else await this.enterRefusal(contract, envelope, reply.error.code);
  }

  private async enterReading(
    contract: RequestContract,
    envelope: RequestEnvelope,
    answer: unknown,
  ): Promise<void> {
    const { actor, body } = envelope;
    const reads = readsOf(contract, { request: body, answer, actor });
    if (reads === 'public' || reads === 'internal') return;
    const ids = namedIds(body);
    const data = { request: nameOf(contract), reads, ids, roles: rolesFor(contract, actor) };
    const tenderId = actor?.organisationId ? null : (ids['tenderId'] ?? null);
    const write = (): Promise<void> =>
      this.write(contract, envelope, { type: 'record-read', tenderId, data });
    if (reads === 'confidential') await write();
    else await this.once.run(`${actor?.personId} ${thingOf(contract, ids)}`, write);
  }

  private async enterRefusal(
    contract: RequestContract,
    envelope: RequestEnvelope,
    code: string,
  ): Promise<void> {
    if (!isEntered(contract, code)) return;
    const { actor, body } = envelope;
    const ids = actor === null ? {} : namedIds(body);
    const data = {
      request: nameOf(contract),
      code,
      ids,
      roles: actor?.roles ?? [],
      ...(actor?.organisationId ? { organisationId: actor.organisationId } : {}),
    };
    const tenderId = code === 'tender.unknown' ? null : (ids['tenderId'] ?? null);
    const write = (): Promise<void> =>
      this.write(contract, envelope, { type: 'request-refused', tenderId, data });
    if (contract.kind === 'command' && actor !== null && !mayBeTriedAgain(code)) await write();
    else await this.once.run(`${code} ${actor?.personId} ${thingOf(contract, ids)}`, write);
  }

  private async write(
    { subject }: RequestContract,
    { actor, correlationId }: RequestEnvelope,
    entry: Entry,
  ): Promise<void> {
    const actorId = actor?.personId ?? null;
    const call = { actorId, correlationId, subject, idempotencyKey: null, body: null };
    await transact(this.database, call, (tx) => this.put(tx, actor, entry));
  }

  private async put(tx: Tx, actor: Actor | null, { type, tenderId, data }: Entry): Promise<void> {
    if (actor?.organisationId) {
      await sealAct(tx, this.service, { type, tenderId, actorId: actor.personId, data });
      return;
    }
    await tx.emit({ subject: `evt.${this.service}.${type}.v1`, tenderId, data });
  }
}

/** `vault.submit-bid` */
const nameOf = ({ subject }: RequestContract): string => subject.split('.').slice(1, 3).join('.');

const readsOf = (
  { reads }: RequestContract,
  reading: Parameters<Extract<RequestContract['reads'], (...given: never[]) => Reads>>[0],
): Reads => (typeof reads === 'function' ? reads(reading) : reads);

/** The roles by which it was allowed: of those that the contract names, the caller's. */
function rolesFor({ access }: RequestContract, actor: Actor | null): readonly string[] {
  const held = actor?.roles ?? [];
  return typeof access === 'string' ? held : held.filter((role) => access.includes(role));
}

const mayBeTriedAgain = (code: string): boolean => isErrorCode(code) && errorEntry(code).retry;

/** Refusals by rules of access and of the domain; not what the transport cannot read, or public questions. */
function isEntered({ kind, access, reads, errors }: RequestContract, code: string): boolean {
  const isAsked = kind === 'query' && (access === 'public' || reads === 'public' || reads === 'internal');
  if (isAsked || !isErrorCode(code)) return false;
  return code === 'access.denied' || errors.includes(code);
}
