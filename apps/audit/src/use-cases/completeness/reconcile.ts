import { createHash } from 'node:crypto';
import { DomainError, invariant, jcs } from '#kernel';
import {
  type getReconciliation,
  type LedgerDifference,
  type RequestOf,
  type ResponseOf,
  SERVICES,
  type ServiceName,
} from '#contracts';
import { compareActs, type ComparedPage, compareSealedActs } from './compare-acts.js';
import { compareEntries } from './compare-entries.js';
import type { CompletenessPorts } from './completeness-ports.js';

type Report = ResponseOf<typeof getReconciliation>;

interface Position {
  readonly what: Report['compared']['what'];
  readonly producer: ServiceName | null;
  readonly from: number;
}

/** Differences that an alarm names; the report of the supervisor names all. */
const NAMED_MAX = 10;

/** Everything there is to compare, one after the other: acts and sealed acts of each service, then all entries. */
const PARTS: readonly Position[] = [
  ...SERVICES.map((producer) => ({ what: 'acts' as const, producer, from: 1 })),
  ...SERVICES.map((producer) => ({ what: 'sealed-acts' as const, producer, from: 0 })),
  { what: 'entries', producer: null, from: 0 },
];

/**
 * Compares one page, now: the first without `after`, else the one that `next` of the page before names. What is held
 * in memory is one page, however long the ledger is. Throws `request.malformed` for an `after` that no page gave.
 */
export async function reconcilePage(
  ports: CompletenessPorts,
  { after }: RequestOf<typeof getReconciliation>,
): Promise<Report> {
  const at = after === undefined ? PARTS[0]! : readPosition(after);
  const { rows, entries, differences, nextFrom } = await comparePage(ports, at);
  const gaps = await ports.compared.gaps();
  return {
    compared: { ...at, rows, entries },
    differences: [...differences],
    next: nextOf(at, nextFrom),
    gaps: gaps.map(({ producer, from, since }) => ({ producer, from, since })),
    lastRun: await ports.compared.lastRun(),
  };
}

/**
 * Compares everything, page by page, keeps what it came to, and raises `ledger-difference` where something differs,
 * once for the same differences. Ends without a result when `signal` is aborted.
 */
export async function reconcileAll(ports: CompletenessPorts, signal: AbortSignal): Promise<void> {
  const { compared } = ports;
  const startedAt = await compared.realNow();
  const kinds: Record<string, number> = {};
  const named: LedgerDifference[] = [];
  const sum = { rows: 0, entries: 0, differences: 0 };
  for (let at: Position | null = PARTS[0]!; at;) {
    if (signal.aborted) return;
    const page = await comparePage(ports, at);
    sum.rows += page.rows;
    sum.entries += page.entries;
    sum.differences += page.differences.length;
    for (const { kind } of page.differences) kinds[kind] = (kinds[kind] ?? 0) + 1;
    named.push(...page.differences.slice(0, NAMED_MAX - named.length));
    const next = nextOf(at, page.nextFrom);
    at = next === null ? null : readPosition(next);
  }
  await compared.keepRun({ startedAt, finishedAt: await compared.realNow(), ...sum });
  if (sum.differences === 0) return;
  const evidence = { kinds, first: named.map(publicly) };
  const key = createHash('sha256').update(jcs(evidence)).digest('hex');
  await compared.raise(`ledger-difference ${key}`, {
    rule: 'ledger-difference',
    severity: 'critical',
    evidence,
  });
}

/** The alarm is public, and the number of an act that is not would count those before it. */
const publicly = (difference: LedgerDifference): LedgerDifference =>
  difference.sealed === null ? difference : { ...difference, seq: null };

function comparePage(ports: CompletenessPorts, { what, producer, from }: Position): Promise<ComparedPage> {
  if (what === 'entries') return compareEntries(ports, from);
  invariant(producer !== null, 'acts are of a service');
  return what === 'acts' ? compareActs(ports, producer, from) : compareSealedActs(ports, producer, from);
}

function nextOf({ what, producer }: Position, nextFrom: number | null): string | null {
  if (nextFrom !== null) return `${what}:${producer ?? ''}:${nextFrom}`;
  const next = PARTS[PARTS.findIndex((part) => part.what === what && part.producer === producer) + 1];
  return next ? `${next.what}:${next.producer ?? ''}:${next.from}` : null;
}

function readPosition(text: string): Position {
  const [what, producer, from] = text.split(':');
  const part = PARTS.find((one) => one.what === what && (one.producer ?? '') === producer);
  if (!part) {
    const issues = [{ path: 'after', message: 'no such place; take what `next` gave' }];
    throw new DomainError('request.malformed', 'The request does not fit its schema; see issues.', {
      issues,
    });
  }
  return { ...part, from: Math.max(part.from, parseInt(from ?? '0', 10)) };
}
