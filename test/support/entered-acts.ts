import type { Instant } from '#kernel';
import { requestContract, SERVICES } from '#contracts';
import { instantSql, schemaName } from '#database';
import type { TestPlatform } from './platform.js';

/** An act as its service keeps it, whether the ledger shows it or a commitment to it. */
export interface KeptAct {
  readonly type: string;
  readonly at: Instant;
  readonly actor: string | null;
  readonly tender: string | null;
  readonly isSealed: boolean;
  readonly data: Record<string, unknown>;
}

/** All acts of all services, in the order in which each kept them. */
export async function keptActs(platform: TestPlatform): Promise<KeptAct[]> {
  const acts: KeptAct[] = [];
  for (const service of SERVICES) {
    const schema = schemaName(service);
    acts.push(
      ...(await platform.query<KeptAct>(
        `SELECT regexp_replace(subject, '^evt\\.(.*)\\.v\\d+$', '\\1') AS type, ${instantSql('occurred_at')} AS at,
           actor_id AS actor, tender_id AS tender, false AS "isSealed", data
         FROM ${schema}.outbox WHERE subject NOT LIKE '%.act-sealed.%' ORDER BY id`,
      )),
      ...(await platform.query<KeptAct>(
        `SELECT '${service}.' || (event->>'type') AS type, event->>'at' AS at, event->>'actor' AS actor,
           event->>'tender' AS tender, true AS "isSealed", event->'data' AS data
         FROM ${schema}.sealed_act ORDER BY id`,
      )),
    );
  }
  return acts;
}

/** Commands that took effect, by their contract's subject, and when: what idempotency keeps of them. */
async function commandsDone(platform: TestPlatform): Promise<{ subject: string; at: Instant }[]> {
  const found = SERVICES.map((service) =>
    platform.query<{ subject: string; at: Instant }>(
      `SELECT subject, ${instantSql('at')} AS at FROM ${schemaName(service)}.idempotency`,
    ),
  );
  return (await Promise.all(found)).flat();
}

export interface CommandsEntered {
  /** Subjects of commands that took effect. */
  readonly done: ReadonlySet<string>;
  /** Those among them that left none of the acts that their contract names, in their own transaction. */
  readonly unentered: readonly string[];
}

/** Holds every command that took effect against the acts that its contract says it leaves. */
export async function commandsEntered(platform: TestPlatform): Promise<CommandsEntered> {
  const [commands, acts] = [await commandsDone(platform), await keptActs(platform)];
  const left = new Set(acts.map(({ type, at }) => `${type} ${at}`));
  const unentered = commands.filter(({ subject, at }) => {
    const contract = requestContract(subject);
    return !contract?.enters.some((type) => left.has(`${contract.service}.${type} ${at}`));
  });
  return {
    done: new Set(commands.map(({ subject }) => subject)),
    unentered: unentered.map(({ subject, at }) => `${subject} at ${at}`),
  };
}

/** Acts of services that the ledger does not hold: numbers without an entry, and commitments without one. */
export async function actsOutsideLedger(platform: TestPlatform): Promise<string[]> {
  const missing: string[] = [];
  for (const service of SERVICES) {
    const rows = await platform.query<{ act: string }>(
      `SELECT subject || ' ' || coalesce(seq::text, 'unnumbered') AS act FROM ${schemaName(service)}.outbox AS act
       WHERE NOT EXISTS (SELECT FROM audit.ledger_entry AS entered WHERE CASE
         WHEN act.subject LIKE '%.act-sealed.%' THEN entered.entry::jsonb->>'sealed' = act.data->>'sealed'
         ELSE entered.entry::jsonb->>'producer' = $1 AND entered.entry::jsonb->>'seq' = act.seq::text END)`,
      [service],
    );
    missing.push(...rows.map(({ act }) => act));
  }
  return missing;
}
