import type { RegionScope } from '#contracts';
import { regionPrefix } from '#kernel';
import type { EntryFilter } from '../../use-cases/supervision/entry-search.port.js';

/** Conditions and their values, numbered as they come. */
export class Conditions {
  private readonly texts: string[] = [];
  readonly values: unknown[] = [];

  /** `?` in the text is the value's place. */
  add(text: string, value: unknown): void {
    this.values.push(value);
    this.texts.push(text.replaceAll('?', `$${this.values.length}`));
  }

  /** A value that is no condition; gives its place. */
  place(value: unknown): string {
    return `$${this.values.push(value)}`;
  }

  toString(): string {
    return this.texts.length === 0 ? 'true' : this.texts.join(' AND ');
  }
}

/** A region and all below it. */
const patternOf = (code: string): string => `${regionPrefix(code) ?? code}%`;

/** What has no region is in every scope. */
export function addScope(conditions: Conditions, column: string, scope: RegionScope): void {
  if (scope === null) return;
  const patterns = scope.map(patternOf);
  conditions.add(`(${column} IS NULL OR ${column} LIKE ANY (?::text[]))`, patterns);
}

export function entryConditions({ scope, ...filter }: EntryFilter): Conditions {
  const { tenderId, organisationId, personId, type, regionCode, from, to } = filter;
  const named = 'EXISTS (SELECT FROM entry_subject u WHERE u.index = s.index AND u.kind =';
  const conditions = new Conditions();
  addScope(conditions, 's.region', scope);
  if (tenderId !== undefined) conditions.add('s.tender_id = ?::uuid', tenderId);
  if (organisationId !== undefined)
    conditions.add(`${named} 'organisation' AND u.subject_id = ?::uuid)`, organisationId);
  if (personId !== undefined) conditions.add(`${named} 'person' AND u.subject_id = ?::uuid)`, personId);
  if (type !== undefined) conditions.add('s.type = ?', type);
  if (regionCode !== undefined) conditions.add('s.region LIKE ?', patternOf(regionCode));
  if (from !== undefined) conditions.add('s.at >= ?', from);
  if (to !== undefined) conditions.add('s.at < ?', to);
  return conditions;
}
