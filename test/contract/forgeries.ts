import { fromBase64Url, fromUtf8, jcs, jcsBytes, toBase64Url } from '#kernel';
import { createAuthority, importPrivateKey, signJson } from '#pki';
import { sign, type SigningIdentity } from '../../apps/cli/src/client/identity.js';
import type { Json } from './faces.js';

/** A signed document that must not pass, and what is wrong with it. */
export interface Forgery {
  readonly what: string;
  readonly jws: string;
}

const part = (jws: string, index: number): Json =>
  JSON.parse(fromUtf8(fromBase64Url(jws.split('.')[index]!))) as Json;

/**
 * Everything that can be wrong with a signed document while it is still sent by the right person: its form, its type,
 * its signer's authority, and, under a signature that holds, each member of what was signed.
 */
export async function forgeriesOf(genuine: string, identity: SigningIdentity): Promise<Forgery[]> {
  const payload = part(genuine, 1);
  const typ = part(genuine, 0)['typ'] as string;
  const [header, , signature] = genuine.split('.') as [string, string, string];
  const altered = toBase64Url(jcsBytes({ ...payload, another: 1 }));
  const text = (value: unknown): string => toBase64Url(jcsBytes(value));
  const foreign = await createAuthority({
    commonName: 'Another',
    validFrom: '2020-01-01T00:00:00.000Z',
    validTo: '2100-01-01T00:00:00.000Z',
    serial: '01',
  });
  const signer = {
    privateKey: await importPrivateKey(foreign.privateKeyPem),
    certificatePem: foreign.certificatePem,
  };
  const signed: Forgery[] = [];
  for (const { what, value } of mutations(payload, 'payload')) {
    if (typeof value !== 'object' || value === null) continue;
    signed.push({ what, jws: await sign(identity, value, typ) });
  }
  return [
    { what: 'three words', jws: 'aa.bb.cc' },
    { what: 'no signature', jws: `${text({ alg: 'none' })}.${text(payload)}.AA` },
    {
      what: 'a certificate that is none',
      jws: `${text({ alg: 'ES256', typ, x5c: ['AAAA'] })}.${text(payload)}.${signature}`,
    },
    { what: 'another payload', jws: `${header}.${altered}.${signature}` },
    { what: 'another type', jws: await sign(identity, payload, 'sunseal-something-else') },
    { what: 'another authority', jws: await signJson(payload, { ...signer, typ }) },
    ...signed,
  ];
}

const WRONG: readonly unknown[] = [null, 7, -1, 1.5, 'x', '', true, {}, []];

export interface Mutation {
  readonly what: string;
  readonly value: unknown;
}

/** A value with each of its members, down to first items of lists, left out, doubled up or of another kind. */
export function mutations(value: unknown, what: string, wrongs = WRONG): Mutation[] {
  const replaced = wrongs
    .filter((wrong) => jcs(wrong) !== jcs(value))
    .map((wrong) => ({ what: `${what} as ${jcs(wrong)}`, value: wrong }));
  if (typeof value !== 'object' || value === null) return replaced;
  const inside = Array.isArray(value)
    ? insideList(value as unknown[], what, wrongs)
    : insideObject(value as Json, what, wrongs);
  return [...replaced, ...inside];
}

function insideList([first, ...rest]: unknown[], what: string, wrongs: readonly unknown[]): Mutation[] {
  if (first === undefined) return [];
  const inner = mutations(first, `${what}[0]`, wrongs).map((one) => ({
    ...one,
    value: [one.value, ...rest],
  }));
  return [...inner, { what: `${what} one short`, value: rest }];
}

function insideObject(object: Json, what: string, wrongs: readonly unknown[]): Mutation[] {
  const members = Object.entries(object).flatMap(([name, member]): Mutation[] => {
    const { [name]: _left, ...rest } = object;
    const inner = mutations(member, `${what}.${name}`, wrongs).map((one) => ({
      ...one,
      value: { ...rest, [name]: one.value },
    }));
    return [...inner, { what: `${what} without ${name}`, value: rest }];
  });
  return [...members, { what: `${what} with another member`, value: { ...object, another: 1 } }];
}
