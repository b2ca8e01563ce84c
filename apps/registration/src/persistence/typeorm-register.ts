import { type EntityManager, In } from 'typeorm';
import { DomainError, type Instant, type Uuid } from '#kernel';
import { clockTogether, instantSql, ReadTogether, type ServiceDatabase, transact, type Tx } from '#database';
import { type Call, sealAct } from '#service';
import type { Organisation } from '../domain/organisation.js';
import {
  type Certificate,
  type EndedGrant,
  type Person,
  Register,
  type RegisterTransaction,
  type RegistrationEvent,
} from '../use-cases/register.port.js';
import { CertificateEntity } from './certificate.entity.js';
import { OrganisationEntity } from './organisation.entity.js';
import { PersonEntity } from './person.entity.js';

/** The register in Postgres; uniqueness of credit codes and logins is the database's. */
export class TypeormRegister extends Register {
  readonly now = clockTogether((sql) => this.manager.query(sql));

  /** Every request of anybody asks for these. */
  private readonly organisations = new ReadTogether<Uuid, Organisation>(async (ids) =>
    byKey('organisationId', await this.manager.findBy(OrganisationEntity, { organisationId: In([...ids]) })),
  );
  private readonly people = new ReadTogether<Uuid, Person>(async (ids) =>
    byKey('personId', await this.manager.findBy(PersonEntity, { personId: In([...ids]) })),
  );
  private readonly certificates = new ReadTogether<string, Certificate>(async (digests) =>
    byKey(
      'certificateSha256',
      await this.manager.findBy(CertificateEntity, { certificateSha256: In([...digests]) }),
    ),
  );

  constructor(private readonly database: ServiceDatabase) {
    super();
  }

  transact<T>(call: Call, work: (tx: RegisterTransaction) => Promise<T>): Promise<T> {
    return transact(this.database, call, (tx) => work(new TypeormRegisterTransaction(tx)));
  }

  newId(): Uuid {
    return this.database.newEventId();
  }

  findOrganisation(organisationId: Uuid): Promise<Organisation | undefined> {
    return this.organisations.of(organisationId);
  }

  listOrganisations(filter: {
    status: string | null;
    after: Uuid | null;
    limit: number;
  }): Promise<Organisation[]> {
    const query = this.manager
      .createQueryBuilder(OrganisationEntity, 'o')
      .orderBy('o.organisation_id')
      .take(filter.limit);
    if (filter.status) query.andWhere('o.status = :status', { status: filter.status });
    if (filter.after) query.andWhere('o.organisation_id > :after', { after: filter.after });
    return query.getMany();
  }

  findPerson(personId: Uuid): Promise<Person | undefined> {
    return this.people.of(personId);
  }

  async findLogin(login: string): Promise<Person | undefined> {
    return (await this.manager.findOneBy(PersonEntity, { login })) ?? undefined;
  }

  listPeople({
    role,
    after,
    limit,
  }: {
    role: string | null;
    after: Uuid | null;
    limit: number;
  }): Promise<Person[]> {
    const query = this.manager.createQueryBuilder(PersonEntity, 'p').orderBy('p.person_id').take(limit);
    if (role) query.andWhere('p.grants @> :grant', { grant: JSON.stringify([{ role }]) });
    if (after) query.andWhere('p.person_id > :after', { after });
    return query.getMany();
  }

  findCertificate(certificateSha256: string): Promise<Certificate | undefined> {
    return this.certificates.of(certificateSha256);
  }

  async hasAdministrator(): Promise<boolean> {
    return (await this.listPeople({ role: 'administrator', after: null, limit: 1 })).length > 0;
  }

  private get manager(): EntityManager {
    return this.database.dataSource.manager;
  }
}

function byKey<K extends string, R extends Readonly<Record<K, string>>>(
  key: K,
  rows: readonly R[],
): Map<string, R> {
  return new Map(rows.map((row) => [row[key], row]));
}

class TypeormRegisterTransaction implements RegisterTransaction {
  readonly now: Instant;

  constructor(private readonly tx: Tx) {
    this.now = tx.now;
  }

  async loadOrganisation(organisationId: Uuid): Promise<Organisation> {
    const found = await this.tx.manager.findOne(OrganisationEntity, {
      where: { organisationId },
      lock: { mode: 'pessimistic_write' },
    });
    if (!found) throw new DomainError('organisation.unknown', 'There is no such organisation.');
    return found;
  }

  async saveOrganisation(organisation: Organisation): Promise<void> {
    const row = { ...organisation, qualifications: [...organisation.qualifications] };
    const message = 'An organisation with this credit code is registered already.';
    await unlessTaken('organisation_credit_code', 'organisation.already-registered', message, () =>
      this.tx.manager.save(OrganisationEntity, row),
    );
  }

  async addPerson(person: Person): Promise<void> {
    const row = { ...person, grants: [...person.grants] };
    await unlessTaken('person_login', 'login.taken', 'Choose another login; this one is taken.', () =>
      this.tx.manager.insert(PersonEntity, row),
    );
    await this.tx.query(
      `INSERT INTO grant_end (person_id, role, until)
       SELECT $1, role, until FROM unnest($2::text[], $3::timestamptz[]) AS held (role, until)`,
      [person.personId, row.grants.map(({ role }) => role), row.grants.map(({ until }) => until)],
    );
  }

  async takeEndedGrants(max: number): Promise<EndedGrant[]> {
    return this.tx.query<EndedGrant>(
      `WITH due AS (
         SELECT person_id, role, until FROM grant_end WHERE entered_at IS NULL AND until <= $1
         ORDER BY until LIMIT $2 FOR UPDATE SKIP LOCKED),
       taken AS (
         UPDATE grant_end AS held SET entered_at = $1 FROM due
         WHERE (held.person_id, held.role, held.until) = (due.person_id, due.role, due.until)
         RETURNING held.*)
       SELECT person_id AS "personId", role, ${instantSql('until')} AS until FROM taken
       ORDER BY taken.until, person_id, role`,
      [this.tx.now, max],
    );
  }

  async addCertificate(certificate: Certificate): Promise<void> {
    await this.tx.manager.insert(CertificateEntity, certificate);
  }

  async tell({ type, data }: RegistrationEvent): Promise<void> {
    await this.tx.emit({ subject: `evt.registration.${type}.v1`, tenderId: null, data });
  }

  async sealSignIn(personId: Uuid | null, isAccepted: boolean): Promise<void> {
    const type = isAccepted ? 'sign-in-accepted' : 'sign-in-refused';
    await sealAct(this.tx, 'registration', { type, tenderId: null, actorId: personId, data: {} });
  }
}

/** Turns the database's unique violation of one constraint into its refusal. */
async function unlessTaken(constraint: string, code: string, message: string, write: () => Promise<unknown>) {
  try {
    await write();
  } catch (error) {
    const cause = error as { driverError?: { constraint?: string } };
    if (cause.driverError?.constraint === constraint) throw new DomainError(code, message);
    throw error;
  }
}
