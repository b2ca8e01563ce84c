import { createHash } from 'node:crypto';
import { DomainError } from '#kernel';
import type {
  getOrganisation,
  listOrganisations,
  registerOrganisation,
  RequestOf,
  ResponseOf,
  reviewOrganisation,
} from '#contracts';
import type { Call } from '#service';
import { requireStrongPassword } from '../domain/grant.js';
import {
  type Organisation,
  register as decideRegister,
  review as decideReview,
} from '../domain/organisation.js';
import { hashPassword } from './password.js';
import type { Register } from './register.port.js';

/** A bidder's role has no office to end it earlier; it is reviewed with the organisation. */
const BIDDER_UNTIL = '2099-12-31T00:00:00.000Z';

const view = (organisation: Organisation): ResponseOf<typeof getOrganisation> => ({
  ...organisation,
  qualifications: [...organisation.qualifications],
});

export async function register(
  people: Register,
  { account, ...given }: RequestOf<typeof registerOrganisation>,
  call: Call,
): Promise<ResponseOf<typeof registerOrganisation>> {
  requireStrongPassword(account.password, account.login);
  const passwordHash = await hashPassword(account.password);
  return people.transact(call, async (tx) => {
    const organisationId = people.newId();
    const personId = people.newId();
    await tx.saveOrganisation(decideRegister({ ...given, organisationId, registeredAt: tx.now }));
    await tx.addPerson({
      personId,
      login: account.login,
      name: account.name,
      passwordHash,
      organisationId,
      grants: [{ role: 'bidder', until: BIDDER_UNTIL }],
    });
    await tx.tell({ type: 'organisation-registered', data: { organisationId } });
    await tx.tell({
      type: 'account-created',
      data: { personId, roles: ['bidder'], grantedUntil: BIDDER_UNTIL },
    });
    return { organisationId, personId };
  });
}

export async function review(
  people: Register,
  { organisationId, decision, reason }: RequestOf<typeof reviewOrganisation>,
  call: Call,
): Promise<ResponseOf<typeof reviewOrganisation>> {
  return people.transact(call, async (tx) => {
    const reviewed = decideReview(await tx.loadOrganisation(organisationId), decision, reason);
    await tx.saveOrganisation(reviewed);
    const reasonSha256 = createHash('sha256').update(reason).digest('hex');
    await tx.tell({ type: 'organisation-reviewed', data: { organisationId, decision, reasonSha256 } });
    return view(reviewed);
  });
}

export async function get(
  people: Register,
  { organisationId }: RequestOf<typeof getOrganisation>,
  { actor }: Call,
): Promise<ResponseOf<typeof getOrganisation>> {
  const sees = (['registrar', 'administrator', 'supervisor'] as const).some((role) =>
    actor?.roles.includes(role),
  );
  const isOwn = actor?.organisationId === organisationId;
  const found = sees || isOwn ? await people.findOrganisation(organisationId) : undefined;
  if (!found) throw new DomainError('organisation.unknown', 'There is no such organisation.');
  return view(found);
}

export async function list(
  people: Register,
  { status, after, limit }: RequestOf<typeof listOrganisations>,
): Promise<ResponseOf<typeof listOrganisations>> {
  const items = await people.listOrganisations({ status: status ?? null, after: after ?? null, limit });
  return { items: items.map(view), next: items.length === limit ? items.at(-1)!.organisationId : null };
}
