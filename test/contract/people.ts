import type { z } from 'zod';
import { addDays } from '#kernel';
import { createAccount, type RequestContract, type ResponseOf, type Role } from '#contracts';
import { ApiClient } from '../../apps/cli/src/client/api-client.js';
import { createIdentity, type SigningIdentity } from '../../apps/cli/src/client/identity.js';
import { type Account, gatherCast, type Player } from '../../apps/cli/src/demo/cast.js';
import type { Company } from '../../apps/cli/src/demo/story.js';
import type { TestPlatform } from '../support/platform.js';
import type { Door } from './door.js';
import type { Json } from './faces.js';

/** What a person has done, body for body: afterwards the same bodies are sent again where they must be refused. */
export interface Sent {
  readonly contract: RequestContract;
  readonly body: Json;
}

/** The client of the demonstration, which remembers every act that succeeded. */
export class RecordingClient extends ApiClient {
  readonly sent: Sent[] = [];

  override async call<C extends RequestContract>(
    contract: C,
    body: z.input<C['request']>,
  ): Promise<ResponseOf<C>> {
    const answer = await super.call(contract, body);
    if (contract.kind === 'command') this.sent.push({ contract, body: body as Json });
    return answer;
  }
}

export interface Person {
  readonly role: Role;
  readonly personId: string;
  readonly login: string;
  readonly api: RecordingClient;
  readonly cookie: string;
}

/** Someone with a key of the own and a certificate for it. */
export interface Signer extends Person {
  readonly identity: SigningIdentity;
}

export interface BiddingPerson extends Signer {
  readonly company: Company;
}

/** Enough people for two tenders, so that each has a buyer, trustees, experts and bidders who are not of the other. */
export interface People {
  readonly administrator: Person;
  readonly registrar: Person;
  readonly supervisor: Person;
  readonly buyers: readonly Person[];
  readonly trustees: readonly Signer[];
  readonly experts: readonly Signer[];
  readonly bidders: readonly BiddingPerson[];
  /** Of an organisation that a registrar refused. */
  readonly refused: Person;
}

export async function gatherPeople(platform: TestPlatform, door: Door): Promise<People> {
  const { address, administrator } = platform.current();
  const stage = { address, administrator, now: new Date().toISOString(), patienceMs: 10_000 };
  const cast = await gatherCast(stage, '-ids1');

  const enter = async ({ login, password, role }: Account): Promise<Person> => {
    const api = new RecordingClient({ address });
    const [{ personId }, cookie] = await Promise.all([
      api.signIn(login, password),
      door.signIn(login, password),
    ]);
    return { role, personId, login, api, cookie };
  };
  const chief = await enter({ ...administrator, role: 'administrator' });
  const another = async (role: Role): Promise<Person> => {
    const account = { login: `another-${role}`, password: 'a long password', role };
    const { login, password } = account;
    const grantedUntil = addDays(stage.now, 180);
    await chief.api.call(createAccount, { login, password, name: login, roles: [role], grantedUntil });
    return enter(account);
  };
  const signer = async (person: Person): Promise<Signer> => ({
    ...person,
    identity: await createIdentity(person.api, person.login),
  });
  const players = (list: readonly Player[]): Promise<Person[]> =>
    Promise.all(list.map(({ account }) => enter(account)));
  const signers = async (list: readonly Player[]): Promise<Signer[]> =>
    Promise.all((await players(list)).map(signer));

  const approved = cast.bidders.filter(({ company }) => company.fate !== 'is-refused');
  const [buyer, registrar, supervisor] = await players([cast.buyer, cast.registrar, cast.supervisor]);
  const bidders = await signers(approved);
  const [refused] = await players(cast.bidders.filter((bidder) => !approved.includes(bidder)));
  return {
    administrator: chief,
    registrar: registrar!,
    supervisor: supervisor!,
    buyers: [buyer!, await another('buyer')],
    trustees: [...(await signers(cast.trustees)), await signer(await another('trustee'))],
    experts: [...(await signers(cast.experts)), await signer(await another('expert'))],
    bidders: bidders.map((person, i) => ({ ...person, company: approved[i]!.company })),
    refused: refused!,
  };
}
