import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays, type Instant, toHex } from '#kernel';
import { signerKeyOf } from '#ledger';
import {
  createAuthority,
  createCertificateRequest,
  createKeyPair,
  exportPrivateKey,
  importPrivateKey,
  issueCertificate,
} from '#pki';

/** Files that an installation is made with once: whoever holds them is the centre. */
export interface KeyFiles {
  readonly authorityCertificateFile: string;
  readonly authorityKeyFile: string;
  readonly platformCertificateFile: string;
  readonly platformKeyFile: string;
  readonly ledgerKeyFile: string;
  readonly administratorFile: string;
}

export interface Administrator {
  readonly login: string;
  readonly password: string;
  readonly until: Instant;
}

export function keyFiles(dataDir: string): KeyFiles {
  const file = (name: string): string => join(dataDir, 'keys', name);
  return {
    authorityCertificateFile: file('authority.pem'),
    authorityKeyFile: file('authority.key'),
    platformCertificateFile: file('platform.pem'),
    platformKeyFile: file('platform.key'),
    ledgerKeyFile: file('ledger.key'),
    administratorFile: file('administrator.json'),
  };
}

/**
 * Makes the keys of a new embedded installation, all or none. An installation for production is given its keys by
 * its operator; its services refuse to start without them.
 */
export async function ensureKeys(dataDir: string, now: Instant): Promise<KeyFiles> {
  const target = join(dataDir, 'keys');
  if (!existsSync(target)) {
    const making = `${target}.${process.pid}`;
    mkdirSync(making, { recursive: true, mode: 0o700 });
    await writeKeys(making, now);
    renameSync(making, target);
  }
  return keyFiles(dataDir);
}

async function writeKeys(folder: string, now: Instant): Promise<void> {
  const write = (name: string, text: string): void =>
    writeFileSync(join(folder, name), text, { mode: 0o600 });
  const serial = (): string => `00${toHex(randomBytes(15))}`;
  const validity = { validFrom: addDays(now, -1), validTo: addDays(now, 20 * 365) };
  const authority = await createAuthority({
    commonName: 'Sunseal centre authority',
    ...validity,
    serial: serial(),
  });
  write('authority.pem', authority.certificatePem);
  write('authority.key', authority.privateKeyPem);

  const keys = await createKeyPair();
  const commonName = 'Sunseal platform';
  const platform = await issueCertificate({
    authority: {
      certificatePem: authority.certificatePem,
      privateKey: await importPrivateKey(authority.privateKeyPem),
    },
    requestPem: await createCertificateRequest({ keys, commonName }),
    subject: { commonName, kind: 'platform' },
    ...validity,
    serial: serial(),
  });
  write('platform.pem', platform);
  write('platform.key', await exportPrivateKey(keys.privateKey));
  write('ledger.key', signerKeyOf(`sunseal.local/ledger-${toHex(randomBytes(4))}`, randomBytes(32)));

  const administrator: Administrator = {
    login: 'administrator',
    password: randomBytes(12).toString('base64url'),
    until: addDays(now, 365),
  };
  write('administrator.json', JSON.stringify(administrator));
}

export const readAdministrator = ({ administratorFile }: KeyFiles): Administrator =>
  JSON.parse(readFileSync(administratorFile, 'utf8')) as Administrator;
