import pg from 'pg';
import type { CrashWatch } from './crash-watch.js';

type Query = (this: Connection, ...args: unknown[]) => unknown;

interface Connection {
  readonly user?: string | undefined;
}

/** What a connection has written since its transaction began; nothing outside of one. */
const written = new WeakMap<Connection, string[]>();
/**
 * Tables of work that is looked for all the time, mostly in vain, and of what reads the ledger behind its head and can
 * be made anew from it. When they are written has nothing to do with what is watched.
 */
const SWEPT: ReadonlySet<string> = new Set([
  'rescue_identity',
  'bidder_key_release',
  'grant_end',
  'searched_entry',
  'entry_subject',
  'supervised_tender',
  'supervision_cursor',
  'supervision_export',
]);

/** Points before each statement, and after those whose effect stays. */
export function watchSql(watch: CrashWatch): void {
  const prototype = pg.Client.prototype as unknown as { query: Query };
  const original = prototype.query;
  prototype.query = function query(...args) {
    const text = typeof args[0] === 'string' ? args[0] : (args[0] as { text?: unknown } | undefined)?.text;
    if (typeof text !== 'string') return original.apply(this, args);
    const { scope } = watch;
    const statement = nameOf(this, text);
    if (scope === 'beside' && (!statement.writes || isSwept(statement))) return original.apply(this, args);
    const name = `${serviceOf(this)} ${statement.name}`;
    watch.pass(`before ${name}`, scope);
    const result = original.apply(this, args);
    if (!statement.stays || !(result instanceof Promise)) return result;
    return result.then((rows: unknown) => {
      watch.pass(`after ${name}`, scope);
      return rows;
    });
  };
}

const serviceOf = ({ user }: Connection): string => (user ?? 'nobody').replace(/^sunseal_/, '');

const isSwept = ({ tables }: Statement): boolean => tables.every((table) => SWEPT.has(table));

interface Statement {
  readonly name: string;
  /** What it writes, or what its transaction has written when it ends. */
  readonly tables: readonly string[];
  /** It is part of a transaction that has written. */
  readonly writes: boolean;
  /** With it something stays. */
  readonly stays: boolean;
}

function nameOf(connection: Connection, text: string): Statement {
  const words = text.replace(/\s+/g, ' ').replaceAll('"', '').trim();
  const verb = /^\w+/.exec(words)?.[0].toUpperCase() ?? '';
  if (verb === 'COMMIT' || verb === 'ROLLBACK') {
    const what = written.get(connection) ?? [];
    written.delete(connection);
    const writes = what.length > 0 && verb === 'COMMIT';
    return { name: [verb, ...new Set(what)].join(' '), tables: what, writes, stays: writes };
  }
  if (verb === 'BEGIN' || verb === 'START') {
    written.set(connection, []);
    return { name: 'BEGIN', tables: [], writes: false, stays: false };
  }
  const change = /\b(INSERT INTO|UPDATE|DELETE FROM) (?!SKIP|NOWAIT)([\w.]+)/i.exec(words);
  if (change) {
    const what = tableOf(change[2]!);
    const transaction = written.get(connection);
    transaction?.push(what);
    const name = `${change[1]!.toUpperCase()} ${what}`;
    return { name, tables: [what], writes: true, stays: transaction === undefined };
  }
  const from = /\bFROM ([\w.]+)/i.exec(words)?.[1];
  const what = words.includes('platform.now()')
    ? 'platform.now()'
    : from
      ? tableOf(from)
      : words.slice(0, 30);
  return { name: `${verb} ${what}`, tables: [], writes: false, stays: false };
}

const tableOf = (name: string): string => name.split('.').at(-1)!;
