import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { fromBase64Url, instantFromMs, jcs, toBase64Url, toHex } from '#kernel';
import {
  createTrusteeKey,
  type Manifest,
  manifestDigest,
  openShare,
  type TenderDescriptor,
  type TrusteeKey,
  trusteeStatement,
} from '#sealing';
import { random } from '../client/bidder.js';
import { type Command, out } from './command.js';

interface KeyFile {
  readonly tenderId: string;
  readonly publicKey: string;
  readonly secretKey: string;
}

const options = {
  tender: { type: 'string' },
  'certificate-sha256': { type: 'string' },
  key: { type: 'string' },
  descriptor: { type: 'string' },
  manifest: { type: 'string' },
  close: { type: 'string' },
  index: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

export const trusteeCommand: Command = {
  summary: 'make a trustee’s key, give a share',
  help: `Usage: sunseal trustee key  --tender ID --certificate-sha256 HEX --key FILE
       sunseal trustee open --descriptor FILE --manifest FILE --close HEX --index N --key FILE

key   makes the key of one tender on this machine, keeps it in FILE and prints the statement to be signed
open  re-verifies the deal of a sealed envelope and prints the share for it; HEX is the SHA-256 of the close record

Example: sunseal trustee key --tender 019ab0c4-… --certificate-sha256 ab… --key trustee.key`,
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    if (positionals[0] === 'key') return makeKey(values);
    if (positionals[0] === 'open') return giveShare(values);
    out(trusteeCommand.help);
    return 2;
  },
};

type Values = { readonly [K in keyof typeof options]?: string | boolean | undefined };

function text(values: Values, name: keyof typeof options): string {
  const value = values[name];
  if (typeof value !== 'string') throw new Error(`--${name} is missing; see sunseal trustee --help`);
  return value;
}

async function makeKey(values: Values): Promise<number> {
  const tenderId = text(values, 'tender');
  const trusteeCertSha256 = text(values, 'certificate-sha256');
  const key = createTrusteeKey(random);
  const kept: KeyFile = {
    tenderId,
    publicKey: toBase64Url(key.publicKey),
    secretKey: toBase64Url(key.secretKey),
  };
  await writeFile(text(values, 'key'), JSON.stringify(kept), { mode: 0o600, flag: 'wx' });
  out(
    jcs(trusteeStatement({ tenderId, trusteeCertSha256, key, createdAt: instantFromMs(Date.now()), random })),
  );
  return 0;
}

async function giveShare(values: Values): Promise<number> {
  const readJson = async (name: keyof typeof options): Promise<unknown> =>
    JSON.parse(await readFile(text(values, name), 'utf8'));
  const kept = (await readJson('key')) as KeyFile;
  const key: TrusteeKey = {
    publicKey: fromBase64Url(kept.publicKey),
    secretKey: fromBase64Url(kept.secretKey),
  };
  const manifest = (await readJson('manifest')) as Manifest;
  const share = openShare({
    descriptor: (await readJson('descriptor')) as TenderDescriptor,
    manifest,
    closeEntrySha256: text(values, 'close'),
    trusteeIndex: Number(text(values, 'index')),
    key,
    random,
  });
  out(jcs({ manifestSha256: toHex(manifestDigest(manifest)), share }));
  return 0;
}
