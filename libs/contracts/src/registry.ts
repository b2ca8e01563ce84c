import type { EventContract, RequestContract, ServiceName } from './contract.js';
import * as audit from './messages/audit.js';
import * as auditAlarms from './messages/audit-alarms.js';
import * as auditLowerCentres from './messages/audit-lower-centres.js';
import * as auditExports from './messages/audit-exports.js';
import * as auditSupervision from './messages/audit-supervision.js';
import * as auditCompleteness from './messages/audit-completeness.js';
import * as auditWitnesses from './messages/audit-witnesses.js';
import * as commercialExplanation from './messages/commercial-explanation.js';
import * as commercialCorrections from './messages/commercial-corrections.js';
import * as commercialPrices from './messages/commercial-prices.js';
import * as commercialRobustness from './messages/commercial-robustness.js';
import * as commercialScoring from './messages/commercial-scoring.js';
import * as entered from './messages/entered.js';
import * as gateway from './messages/gateway.js';
import * as registration from './messages/registration.js';
import * as technicalScoring from './messages/technical-scoring.js';
import * as tendering from './messages/tendering.js';
import * as tenderingDraft from './messages/tendering-draft.js';
import * as tenderingEvents from './messages/tendering-events.js';
import * as tenderingMethod from './messages/tendering-method.js';
import * as tenderingQuestions from './messages/tendering-questions.js';
import * as tenderingRehearsal from './messages/tendering-rehearsal.js';
import * as tenderingSuspension from './messages/tendering-suspension.js';
import * as vaultIntake from './messages/vault-intake.js';
import * as vaultOpening from './messages/vault-opening.js';
import * as vaultSigning from './messages/vault-signing.js';
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
  tenderingMethod,
  tenderingQuestions,
  tenderingRehearsal,
  tenderingSuspension,
  vaultIntake,
  vaultOpening,
  vaultOpeningEvents,
  vaultSigning,
  technicalScoring,
  commercialScoring,
  commercialExplanation,
  commercialPrices,
  commercialRobustness,
  commercialCorrections,
  audit,
  auditAlarms,
  auditLowerCentres,
  auditExports,
  auditSupervision,
  auditCompleteness,
  auditWitnesses,
].flatMap((messages) => Object.values(messages) as unknown[]);

const has = (value: unknown, key: string): boolean =>
  typeof value === 'object' && value !== null && key in value && 'subject' in value;

/** Every request that the platform answers. */
export const REQUESTS: readonly RequestContract[] = [
  ...(declared.filter((value) => has(value, 'request')) as RequestContract[]),
  ...SERVICES.flatMap((service) => [
    auditCompleteness.resendActs(service),
    auditCompleteness.findCommitments(service),
    auditCompleteness.checkSealedActs(service),
  ]),
];

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
