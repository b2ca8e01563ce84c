import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ServiceName } from '#contracts';
import { type KeyFiles, readAdministrator } from './keys.js';

/** A time-stamp authority, and the root that its stamps lead to. */
export interface TimestampOptions {
  readonly timestampUrl?: string | undefined;
  readonly timestampAuthorityFile?: string | undefined;
}

/** The settings of each service in an embedded installation. */
export function serviceSettings(
  keys: KeyFiles,
  { timestampUrl, timestampAuthorityFile }: TimestampOptions = {},
): Readonly<Record<ServiceName, Readonly<Record<string, string>>>> {
  const {
    authorityCertificateFile,
    authorityKeyFile,
    platformCertificateFile,
    platformKeyFile,
    ledgerKeyFile,
  } = keys;
  const administrator = readAdministrator(keys);
  return {
    gateway: {},
    registration: {
      authorityCertificateFile,
      authorityKeyFile,
      administratorLogin: administrator.login,
      administratorPassword: administrator.password,
      administratorUntil: administrator.until,
    },
    tendering: { authorityCertificateFile },
    vault: {
      authorityCertificateFile,
      platformCertificateFile,
      platformKeyFile,
      ...(timestampUrl === undefined ? {} : { timestampUrl }),
      ...(timestampAuthorityFile === undefined ? {} : { timestampAuthorityFile }),
    },
    'technical-scoring': { authorityCertificateFile },
    'commercial-scoring': {},
    audit: { ledgerKeyFile, ...witnessPolicyBeside(ledgerKeyFile) },
  };
}

/** Who asks for witnesses puts their policy beside the keys. */
function witnessPolicyBeside(ledgerKeyFile: string): Readonly<Record<string, string>> {
  const witnessPolicyFile = join(dirname(ledgerKeyFile), 'witness-policy');
  return existsSync(witnessPolicyFile) ? { witnessPolicyFile } : {};
}
