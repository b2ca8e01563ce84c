import type { Instant, Uuid } from '#kernel';
import type { Call } from '#service';
import type { Grant } from '../domain/grant.js';
import type { Organisation } from '../domain/organisation.js';

export interface Person {
  readonly personId: Uuid;
  readonly login: string;
  readonly name: string;
  readonly passwordHash: string;
  readonly organisationId: Uuid | null;
  readonly grants: readonly Grant[];
}

export interface Certificate {
  readonly certificateSha256: string;
  readonly personId: Uuid;
  readonly organisationId: Uuid | null;
  readonly kind: 'organisation' | 'trustee' | 'expert';
  readonly pem: string;
  readonly validTo: Instant;
}

export interface RegistrationEvent {
  readonly type:
    | 'organisation-registered'
    | 'organisation-reviewed'
    | 'account-created'
    | 'certificate-issued'
    | 'grant-ended';
  readonly data: Readonly<Record<string, unknown>>;
}

export interface EndedGrant extends Grant {
  readonly personId: Uuid;
}

/** Everything inside one transaction. */
export interface RegisterTransaction {
  readonly now: Instant;
  /** Throws `organisation.unknown`; locked until the transaction ends. */
  loadOrganisation(organisationId: Uuid): Promise<Organisation>;
  /** Throws `organisation.already-registered` where another organisation has the credit code. */
  saveOrganisation(organisation: Organisation): Promise<void>;
  /** Throws `login.taken`. */
  addPerson(person: Person): Promise<void>;
  /** Grants whose end has passed and was not taken before, the earliest first. */
  takeEndedGrants(max: number): Promise<EndedGrant[]>;
  addCertificate(certificate: Certificate): Promise<void>;
  tell(event: RegistrationEvent): Promise<void>;
  /** Enters a sign-in, or a refused one, as a commitment. */
  sealSignIn(personId: Uuid | null, isAccepted: boolean): Promise<void>;
}

/** Organisations, people and certificates. */
export abstract class Register {
  abstract transact<T>(call: Call, work: (tx: RegisterTransaction) => Promise<T>): Promise<T>;
  abstract newId(): Uuid;
  /** The database's clock. */
  abstract now(): Promise<Instant>;
  abstract findOrganisation(organisationId: Uuid): Promise<Organisation | undefined>;
  abstract listOrganisations(filter: {
    readonly status: string | null;
    readonly after: Uuid | null;
    readonly limit: number;
  }): Promise<Organisation[]>;
  abstract findPerson(personId: Uuid): Promise<Person | undefined>;
  abstract findLogin(login: string): Promise<Person | undefined>;
  /** People who were granted a role, or any, by id. */
  abstract listPeople(filter: {
    readonly role: string | null;
    readonly after: Uuid | null;
    readonly limit: number;
  }): Promise<Person[]>;
  abstract findCertificate(sha256: string): Promise<Certificate | undefined>;
  abstract hasAdministrator(): Promise<boolean>;
}
