import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ServiceName } from '#contracts';
import { type KeyFiles, readAdministrator } from './keys.js';

/** A time-stamp authority, and the root that its stamps lead to. */
export interface TimestampOptions {
  readonly timestampUrl?: string | undefined;
  readonly timestampAuthorityFile?: string | undefined;
}

/** Which centre the installation is. */
export interface CentreOptions {
  /** GB/T 2260; the settings' own default without it. */
  readonly regionCode?: string | undefined;
}

/** The settings of each service in an embedded installation. */
export function serviceSettings(
  keys: KeyFiles,
  { timestampUrl, timestampAuthorityFile, regionCode }: TimestampOptions & CentreOptions = {},
): Readonly<Record<ServiceName, Readonly<Record<string, string>>>> {
  const {
    authorityCertificateFile,
    authorityKeyFile,
    platformCertificateFile,
    platformKeyFile,
    ledgerKeyFile,
  } = keys;
  const administrator = readAdministrator(keys);
  const region = regionCode === undefined ? {} : { regionCode };
  return {
    gateway: {},
    registration: {
      authorityCertificateFile,
      authorityKeyFile,
      administratorLogin: administrator.login,
      administratorPassword: administrator.password,
      administratorUntil: administrator.until,
      ...region,
    },
    tendering: { authorityCertificateFile, ...region },
    vault: {
      authorityCertificateFile,
      platformCertificateFile,
      platformKeyFile,
      ...(timestampUrl === undefined ? {} : { timestampUrl }),
      ...(timestampAuthorityFile === undefined ? {} : { timestampAuthorityFile }),
    },
    'technical-scoring': { authorityCertificateFile },
    'commercial-scoring': {},
    audit: { ledgerKeyFile, ...region, ...besideTheKeys(ledgerKeyFile) },
  };
}

/** Who asks for witnesses, or has centres below, puts their file beside the keys. */
function besideTheKeys(ledgerKeyFile: string): Readonly<Record<string, string>> {
  const files = { witnessPolicyFile: 'witness-policy', lowerCentresFile: 'lower-centres.json' };
  const paths = Object.entries(files).map(([setting, name]) => [setting, join(dirname(ledgerKeyFile), name)]);
  return Object.fromEntries(paths.filter(([, path]) => existsSync(path!))) as Record<string, string>;
}
