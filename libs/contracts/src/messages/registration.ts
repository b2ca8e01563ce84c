import { z } from 'zod';
import { command, event, query } from '../contract.js';
import { empty, page, pageRequest, pem, text } from './common.js';
import { actor, instant, regionCode, ROLES, sha256Hex, uuid } from './envelope.js';

const login = z.string().regex(/^[a-z0-9][a-z0-9._-]{2,49}$/);
const password = z.string().min(1).max(200);
export const organisationStatus = z.enum(['submitted', 'approved', 'refused']);

export const organisation = z.object({
  organisationId: uuid,
  creditCode: z.string(),
  name: z.string(),
  legalRepresentative: z.string(),
  qualifications: z.array(z.string()),
  status: organisationStatus,
  reason: z.string().nullable(),
  registeredAt: instant,
});

export const registerOrganisation = command('registration', 'register-organisation', {
  summary: 'An organisation registers with its credit code and its first account',
  access: 'public',
  enters: ['organisation-registered', 'account-created'],
  http: { method: 'POST', path: '/api/v1/organisations' },
  request: z.strictObject({
    creditCode: z.string().max(18),
    name: text(200),
    legalRepresentative: text(100),
    qualifications: z.array(text(200)).max(20),
    account: z.strictObject({ login, password, name: text(100) }),
  }),
  response: z.object({ organisationId: uuid, personId: uuid }),
  errors: ['credit-code.invalid', 'organisation.already-registered', 'login.taken', 'password.too-weak'],
});

export const listOrganisations = query('registration', 'list-organisations', {
  summary: 'Organisations, oldest first',
  access: ['registrar', 'administrator', 'supervisor'],
  reads: 'confidential',
  http: { method: 'GET', path: '/api/v1/organisations' },
  request: z.strictObject({ status: organisationStatus.optional(), ...pageRequest }),
  response: page(organisation),
});

export const getOrganisation = query('registration', 'get-organisation', {
  summary: 'One organisation: for registrars and supervisors, and for its own people',
  access: 'signed-in',
  reads: ({ request, actor: by }) => (request.organisationId === by?.organisationId ? 'own' : 'confidential'),
  http: { method: 'GET', path: '/api/v1/organisations/:organisationId' },
  request: z.strictObject({ organisationId: uuid }),
  response: organisation,
  errors: ['organisation.unknown'],
});

export const reviewOrganisation = command('registration', 'review-organisation', {
  summary: 'A registrar approves or refuses a registration, with the reason',
  access: ['registrar'],
  enters: ['organisation-reviewed'],
  http: { method: 'POST', path: '/api/v1/organisations/:organisationId/review' },
  request: z.strictObject({
    organisationId: uuid,
    decision: z.enum(['approve', 'refuse']),
    reason: text(1_000),
  }),
  response: organisation,
  errors: ['organisation.unknown', 'organisation.already-reviewed'],
});

export const createAccount = command('registration', 'create-account', {
  summary: 'The administrator gives a person an account with roles until a date',
  access: ['administrator'],
  enters: ['account-created'],
  http: { method: 'POST', path: '/api/v1/accounts' },
  request: z.strictObject({
    login,
    password,
    name: text(100),
    roles: z.array(z.enum(ROLES)).min(1).max(ROLES.length),
    grantedUntil: instant,
    /** Where buyers, registrars and supervisors hold their role, with all below it; without it all that is served. */
    regionCode: regionCode.optional(),
  }),
  response: z.object({ personId: uuid }),
  errors: [
    'login.taken',
    'password.too-weak',
    'role.not-grantable',
    'grant.without-end',
    'region.not-served',
  ],
});

export const listPeople = query('registration', 'list-people', {
  summary: 'People who hold a role, for choosing trustees and experts',
  access: ['buyer', 'administrator', 'supervisor'],
  reads: 'confidential',
  http: { method: 'GET', path: '/api/v1/people' },
  request: z.strictObject({ role: z.enum(['trustee', 'expert']), ...pageRequest }),
  response: page(z.object({ personId: uuid, name: z.string() })),
});

export const listAccounts = query('registration', 'list-accounts', {
  summary: 'Everyone who can sign in, with the roles that were granted and their ends, oldest first',
  access: ['administrator'],
  reads: 'confidential',
  http: { method: 'GET', path: '/api/v1/accounts' },
  request: z.strictObject({ role: z.enum(ROLES).optional(), ...pageRequest }),
  response: page(
    z.object({
      personId: uuid,
      login: z.string(),
      name: z.string(),
      organisationId: uuid.nullable(),
      grants: z.array(z.object({ role: z.enum(ROLES), until: instant, regionCode: regionCode.optional() })),
    }),
  ),
});

export const issueCertificate = command('registration', 'issue-certificate', {
  summary: 'A certificate for the own key: of the approved organisation, the trustee or the expert',
  access: ['bidder', 'trustee', 'expert'],
  enters: ['certificate-issued'],
  http: { method: 'POST', path: '/api/v1/certificates' },
  request: z.strictObject({ certificateRequestPem: pem }),
  response: z.object({ certificatePem: z.string(), certificateSha256: sha256Hex, authorityPem: z.string() }),
  errors: ['certificate.request-invalid', 'organisation.not-approved'],
});

export const getAuthority = query('registration', 'get-authority', {
  summary: 'The certificate authority that all signatures on the platform lead to',
  access: 'public',
  reads: 'public',
  http: { method: 'GET', path: '/api/v1/authority' },
  request: empty,
  response: z.object({ certificatePem: z.string() }),
});

export const checkPassword = query('registration', 'check-password', {
  summary: 'Who a login and password belong to',
  access: 'internal',
  reads: 'internal',
  request: z.strictObject({ login: z.string().max(100), password: z.string().max(200) }),
  response: z.object({ actor, name: z.string() }),
  errors: ['sign-in.refused'],
});

export const describePerson = query('registration', 'describe-person', {
  summary: 'Roles in force and organisation of a person',
  access: 'internal',
  reads: 'internal',
  request: z.strictObject({ personId: uuid }),
  response: z.object({ actor, name: z.string() }),
  errors: ['person.unknown'],
});

export const checkCertificate = query('registration', 'check-certificate', {
  summary: 'Whom the authority gave a certificate, and whether it is still in force',
  access: 'internal',
  reads: 'internal',
  request: z.strictObject({ certificateSha256: sha256Hex }),
  response: z.object({
    personId: uuid,
    organisationId: uuid.nullable(),
    organisationName: z.string().nullable(),
    kind: z.enum(['organisation', 'trustee', 'expert']),
    isValid: z.boolean(),
  }),
  errors: ['certificate.unknown'],
});

export const organisationRegistered = event('registration', 'organisation-registered', {
  summary: 'An organisation asked to be registered',
  data: z.object({ organisationId: uuid }),
});
export const organisationReviewed = event('registration', 'organisation-reviewed', {
  summary: 'A registrar decided on a registration',
  data: z.object({ organisationId: uuid, decision: z.enum(['approve', 'refuse']), reasonSha256: sha256Hex }),
});
export const accountCreated = event('registration', 'account-created', {
  summary: 'A person was given an account and roles until a date',
  data: z.object({
    personId: uuid,
    roles: z.array(z.string()),
    grantedUntil: instant,
    /** Null where the roles hold in all that the centre serves; absent in older entries. */
    regionCode: regionCode.nullable().optional(),
  }),
});
export const grantEnded = event('registration', 'grant-ended', {
  summary: 'The time of a grant is over: the person holds the role no more by it',
  data: z.object({ personId: uuid, role: z.string(), until: instant }),
});
export const certificateIssued = event('registration', 'certificate-issued', {
  summary: 'The authority certified a key',
  data: z.object({ certificateSha256: sha256Hex, personId: uuid, kind: z.string(), validTo: instant }),
});
