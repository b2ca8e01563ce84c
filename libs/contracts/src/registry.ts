import type { EventContract, RequestContract, ServiceName } from './contract.js';
import * as audit from './messages/audit.js';
import * as auditWitnesses from './messages/audit-witnesses.js';
import * as commercialScoring from './messages/commercial-scoring.js';
import * as entered from './messages/entered.js';
import * as gateway from './messages/gateway.js';
import * as registration from './messages/registration.js';
import * as technicalScoring from './messages/technical-scoring.js';
import * as tendering from './messages/tendering.js';
import * as tenderingDraft from './messages/tendering-draft.js';
import * as tenderingEvents from './messages/tendering-events.js';
import * as tenderingQuestions from './messages/tendering-questions.js';
import * as tenderingRehearsal from './messages/tendering-rehearsal.js';
import * as tenderingSuspension from './messages/tendering-suspension.js';
import * as vaultIntake from './messages/vault-intake.js';
import * as vaultOpening from './messages/vault-opening.js';
import * as vaultOpeningEvents from './messages/vault-opening-events.js';

export const SERVICES: readonly ServiceName[] = [
  'gateway',
  'registration',
  'tendering',
  'vault',
  'technical-scoring',
  'commercial-scoring',
  'audit',
];

const declared = [
  gateway,
  registration,
  tendering,
  tenderingDraft,
  tenderingEvents,
  tenderingQuestions,
  tenderingRehearsal,
  tenderingSuspension,
  vaultIntake,
  vaultOpening,
  vaultOpeningEvents,
  technicalScoring,
  commercialScoring,
  audit,
  auditWitnesses,
].flatMap((messages) => Object.values(messages) as unknown[]);

const has = (value: unknown, key: string): boolean =>
  typeof value === 'object' && value !== null && key in value && 'subject' in value;

/** Every request that the platform answers. */
export const REQUESTS = declared.filter((value) => has(value, 'request')) as readonly RequestContract[];

/** Every event that the platform tells. */
export const EVENTS: readonly EventContract[] = [
  ...(declared.filter((value) => has(value, 'isPublic')) as EventContract[]),
  ...SERVICES.flatMap((service) => [
    audit.actSealed(service),
    audit.actsRevealed(service),
    ...Object.values(entered).map((of): EventContract => of(service)),
  ]),
];

const eventsBySubject = new Map<string, EventContract>(
  EVENTS.map((contract) => [contract.subject, contract]),
);

export const eventContract = (subject: string): EventContract | undefined => eventsBySubject.get(subject);

const requestsBySubject = new Map<string, RequestContract>(
  REQUESTS.map((contract) => [contract.subject, contract]),
);

export const requestContract = (subject: string): RequestContract | undefined =>
  requestsBySubject.get(subject);
