import { DomainError } from '#kernel';
import type {
  checkPassword,
  createAccount,
  describePerson,
  listAccounts,
  listPeople,
  RequestOf,
  ResponseOf,
} from '#contracts';
import type { Call } from '#service';
import { grantStaff, limitsInForce, requireStrongPassword, rolesInForce } from '../domain/grant.js';
import type { RegistrationSettings } from '../config.js';
import { hashPassword, isPassword } from './password.js';
import type { Person, Register } from './register.port.js';

export async function addAccount(
  people: Register,
  { login, password, name, roles, grantedUntil, regionCode }: RequestOf<typeof createAccount>,
  centre: string,
  call: Call,
): Promise<ResponseOf<typeof createAccount>> {
  requireStrongPassword(password, login);
  const passwordHash = await hashPassword(password);
  return people.transact(call, async (tx) => {
    const grants = grantStaff(roles, grantedUntil, tx.now, { regionCode, centre });
    const personId = people.newId();
    await tx.addPerson({ personId, login, name, passwordHash, organisationId: null, grants });
    await tx.tell({
      type: 'account-created',
      data: {
        personId,
        roles: grants.map(({ role }) => role),
        grantedUntil,
        regionCode: regionCode ?? null,
      },
    });
    return { personId };
  });
}

/** The first administrator, made at the first start; later ones are made by an administrator. */
export async function ensureAdministrator(
  people: Register,
  settings: RegistrationSettings,
  call: Call,
): Promise<void> {
  if (await people.hasAdministrator()) return;
  const account = {
    login: settings.administratorLogin,
    password: settings.administratorPassword,
    name: 'Administrator',
    roles: ['administrator' as const],
    grantedUntil: settings.administratorUntil,
  };
  await addAccount(people, account, settings.regionCode, call);
}

/** Both outcomes are entered. The answer does not tell a wrong login from a wrong password. */
export async function signIn(
  people: Register,
  { login, password }: RequestOf<typeof checkPassword>,
  call: Call,
): Promise<ResponseOf<typeof checkPassword>> {
  const person = await people.findLogin(login);
  const isAccepted = await isPassword(password, person?.passwordHash);
  await people.transact({ ...call, idempotencyKey: null }, async (tx) => {
    await tx.sealSignIn(person?.personId ?? null, isAccepted);
    return null;
  });
  if (!person || !isAccepted) throw new DomainError('sign-in.refused', 'Login or password is wrong.');
  return describe(people, person);
}

export async function describeById(
  people: Register,
  { personId }: RequestOf<typeof describePerson>,
): Promise<ResponseOf<typeof describePerson>> {
  const person = await people.findPerson(personId);
  if (!person) throw new DomainError('person.unknown', 'There is no such person.');
  return describe(people, person);
}

export async function list(
  people: Register,
  { role, after, limit }: RequestOf<typeof listPeople>,
): Promise<ResponseOf<typeof listPeople>> {
  const found = await people.listPeople({ role, after: after ?? null, limit });
  return {
    items: found.map(({ personId, name }) => ({ personId, name })),
    next: found.length === limit ? found.at(-1)!.personId : null,
  };
}

/** Every account, for the administrator: whatever was granted, in force or not. */
export async function listEveryone(
  people: Register,
  { role, after, limit }: RequestOf<typeof listAccounts>,
): Promise<ResponseOf<typeof listAccounts>> {
  const found = await people.listPeople({ role: role ?? null, after: after ?? null, limit });
  return {
    items: found.map(({ personId, login, name, organisationId, grants }) => ({
      personId,
      login,
      name,
      organisationId,
      grants: [...grants],
    })),
    next: found.length === limit ? found.at(-1)!.personId : null,
  };
}

async function describe(people: Register, person: Person): Promise<ResponseOf<typeof describePerson>> {
  const { personId, organisationId, name, grants } = person;
  const now = await people.now();
  const limits = limitsInForce(grants, now);
  const actor = { personId, organisationId, roles: rolesInForce(grants, now) };
  return { name, actor: limits.length > 0 ? { ...actor, limits } : actor };
}
