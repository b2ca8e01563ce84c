import type { Uuid } from '#kernel';
import { LIMITS, nameSubjects } from '#contracts';
import type { EntrySubject } from '../../domain/supervision/searched-entry.js';
import type { SupervisionPorts } from './supervision-ports.js';

/** Names of those whom a page shows by id; an answer without names is better than none. */
export async function namesOf(
  { requests, log }: SupervisionPorts,
  subjects: readonly EntrySubject[],
): Promise<Record<Uuid, string>> {
  const idsOf = (kind: EntrySubject['kind']): Uuid[] =>
    [...new Set(subjects.flatMap((subject) => (subject.kind === kind ? [subject.id] : [])))].slice(
      0,
      LIMITS.namedSubjectsMax,
    );
  const ids = { personIds: idsOf('person'), organisationIds: idsOf('organisation') };
  if (ids.personIds.length + ids.organisationIds.length === 0) return {};
  try {
    const { people, organisations } = await requests.ask(nameSubjects, ids);
    return Object.fromEntries([
      ...people.map(({ personId, name }) => [personId, name]),
      ...organisations.map(({ organisationId, name }) => [organisationId, name]),
    ]) as Record<Uuid, string>;
  } catch (error) {
    log.warn({ error }, 'names are left out');
    return {};
  }
}
