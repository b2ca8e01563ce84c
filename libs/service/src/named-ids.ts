import type { RequestContract } from '#contracts';

/** Most ids that an entry names. */
const IDS_MAX = 12;

const ID =
  /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}|[A-Z]{2}\d{2}|\d{1,15}|technical|commercial)$/;

/** Where in a list somebody read is no part of what was read. */
const PLACES = new Set(['page', 'after', 'limit']);

/**
 * What a request names, for its entry: UUIDs, SHA-256, aliases, numbers, and which envelope, as text. Everything else
 * stays out, as people write it: a reason, a name, a password. The body need not have been validated.
 */
export function namedIds(body: unknown): Record<string, string> {
  if (typeof body !== 'object' || body === null) return {};
  const named = Object.entries(body)
    .filter(([, value]) => typeof value === 'string' || typeof value === 'number')
    .map(([name, value]) => [name, String(value)] as const)
    .filter(([name, value]) => /^[a-zA-Z0-9]{1,40}$/.test(name) && ID.test(value));
  return Object.fromEntries(named.slice(0, IDS_MAX));
}

/** One text for what a request is about: the same for each page of a list. */
export function thingOf({ subject }: RequestContract, ids: Readonly<Record<string, string>>): string {
  const named = Object.entries(ids).filter(([name]) => !PLACES.has(name));
  return [subject, ...named.map(([name, value]) => `${name}=${value}`).sort()].join(' ');
}
