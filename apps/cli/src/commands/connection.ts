import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { ApiClient } from '../client/api-client.js';
import { readIdentity } from '../client/identity-folder.js';
import type { SigningIdentity } from '../client/identity.js';

/** Options of every command that speaks to a platform. */
export const CONNECTION_OPTIONS = {
  server: { type: 'string' },
  login: { type: 'string' },
  'password-file': { type: 'string' },
} as const;

/** Options of every command that signs. */
export const IDENTITY_OPTIONS = {
  identity: { type: 'string' },
  'passphrase-file': { type: 'string' },
} as const;

export const CONNECTION_HELP = `  --server URL --login NAME [--password-file FILE]     the platform, and who you are there
  --identity DIR [--passphrase-file FILE]              your signing key and certificate (sunseal identity)
Without the files, password and passphrase are asked for.`;

type Values = Readonly<Record<string, string | boolean | undefined>>;

/** The value of an option, or an error that names it. */
export function required(values: Values, name: string): string {
  const value = values[name];
  if (typeof value !== 'string') throw new Error(`--${name} is missing; see --help`);
  return value;
}

/** A signed-in client. */
export async function connect(values: Values): Promise<ApiClient> {
  return (await prepareConnection(values))();
}

/** Reads and asks for all that signing in needs; what it returns signs in, which needs nobody at the terminal. */
export async function prepareConnection(values: Values): Promise<() => Promise<ApiClient>> {
  const api = new ApiClient({ address: required(values, 'server') });
  const login = required(values, 'login');
  const password = await readSecret(values, 'password-file', 'Password');
  return async () => {
    await api.signIn(login, password);
    return api;
  };
}

export const passphraseOf = (values: Values): Promise<string> =>
  readSecret(values, 'passphrase-file', 'Passphrase');

/** The identity of the folder, opened with its passphrase. */
export async function openIdentity(values: Values): Promise<SigningIdentity> {
  return readIdentity(required(values, 'identity'), await passphraseOf(values));
}

/** From a file, else asked for without showing what is typed. A secret is never an argument: others could list it. */
async function readSecret(values: Values, option: string, prompt: string): Promise<string> {
  const file = values[option];
  if (typeof file === 'string') return (await readFile(file, 'utf8')).trim();
  if (!process.stdin.isTTY) throw new Error(`--${option} is missing, and there is no terminal to ask at`);
  process.stderr.write(`${prompt}: `);
  const hidden = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: hidden, terminal: true });
  try {
    return await lines.question('');
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}
