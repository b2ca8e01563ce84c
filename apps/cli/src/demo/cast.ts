import { randomBytes } from 'node:crypto';
import { addDays, creditCodeCheckCharacter, type Instant } from '#kernel';
import { createAccount, registerOrganisation, reviewOrganisation, type Role } from '#contracts';
import { ApiClient } from '../client/api-client.js';
import { COMPANIES, type Company, REFUSAL } from './story.js';

export interface Account {
  readonly login: string;
  readonly password: string;
  readonly role: Role;
}

export interface Player {
  readonly account: Account;
  readonly personId: string;
  readonly api: ApiClient;
}

export interface Cast {
  readonly buyer: Player;
  readonly registrar: Player;
  readonly supervisor: Player;
  readonly trustees: readonly Player[];
  readonly experts: readonly Player[];
  readonly bidders: readonly (Player & { readonly company: Company })[];
}

export interface Stage {
  readonly address: string;
  readonly administrator: { readonly login: string; readonly password: string };
  readonly now: Instant;
  readonly patienceMs: number;
}

const password = (): string => randomBytes(12).toString('base64url');

async function player(stage: Stage, account: Account): Promise<Player> {
  const api = new ApiClient({ address: stage.address, patienceMs: stage.patienceMs });
  const { personId } = await api.signIn(account.login, account.password);
  return { account, personId, api };
}

/** Makes everyone who plays: the platform's own people by its administrator, the bidders by their registration. */
export async function gatherCast(stage: Stage, suffix: string): Promise<Cast> {
  const administrator = new ApiClient({ address: stage.address, patienceMs: stage.patienceMs });
  await administrator.signIn(stage.administrator.login, stage.administrator.password);
  const staff = async (role: Role, name: string): Promise<Player> => {
    const account = { login: `${name}${suffix}`, password: password(), role };
    await administrator.call(createAccount, {
      login: account.login,
      password: account.password,
      name,
      roles: [role],
      grantedUntil: addDays(stage.now, 180),
    });
    return player(stage, account);
  };
  const group = (role: Role, count: number): Promise<Player[]> =>
    Promise.all(Array.from({ length: count }, (_, i) => staff(role, `${role}-${i + 1}`)));
  const [[buyer], [registrar], [supervisor], trustees, experts] = await Promise.all([
    group('buyer', 1),
    group('registrar', 1),
    group('supervisor', 1),
    group('trustee', 5),
    group('expert', 5),
  ]);
  const bidders = await registerBidders(stage, registrar!, suffix);
  return { buyer: buyer!, registrar: registrar!, supervisor: supervisor!, trustees, experts, bidders };
}

async function registerBidders(stage: Stage, registrar: Player, suffix: string): Promise<Cast['bidders']> {
  return Promise.all(
    COMPANIES.map(async (company) => {
      const account = { login: `${company.login}${suffix}`, password: password(), role: 'bidder' as const };
      const anonymous = new ApiClient({ address: stage.address, patienceMs: stage.patienceMs });
      const { organisationId } = await anonymous.call(registerOrganisation, {
        creditCode: creditCodeOf(company, suffix),
        name: company.name,
        legalRepresentative: '法定代表人',
        qualifications: company.fate === 'is-refused' ? [] : ['市政公用工程施工总承包二级'],
        account: { login: account.login, password: account.password, name: company.name },
      });
      const isRefused = company.fate === 'is-refused';
      await registrar.api.call(reviewOrganisation, {
        organisationId,
        decision: isRefused ? 'refuse' : 'approve',
        reason: isRefused ? REFUSAL : '资料齐全，资质有效 / Complete and valid',
      });
      return { ...(await player(stage, account)), company };
    }),
  );
}

/** Letters that credit codes do not have, replaced by some that they do. */
const ALLOWED: Readonly<Record<string, string>> = { I: 'A', O: 'B', S: 'C', V: 'D', Z: 'E' };

/** A valid code; a second run on the same platform gets others. */
function creditCodeOf({ creditCode13 }: Company, suffix: string): string {
  const tail = suffix
    .slice(-4)
    .toUpperCase()
    .replace(/[IOSVZ]/g, (letter) => ALLOWED[letter]!);
  const first17 = creditCode13 + tail.padStart(4, '0');
  return first17 + creditCodeCheckCharacter(first17);
}
