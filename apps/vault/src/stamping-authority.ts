import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { HttpTimestampAuthority } from '#pki';
import type { VaultSettings } from './config.js';
import { STAMP_TIMEOUT_MS } from './domain/stamping/stamp-back-off.js';
import type { StampingAuthority } from './use-cases/stamping/stamp-worker.js';

type Settings = Pick<VaultSettings, 'timestampUrl' | 'timestampAuthorityFile' | 'timestampPolicy'>;

/**
 * The time-stamp authority that is configured; null where none is. Throws an Error where an address has no
 * certificate or the other way round, and where the file holds none: a mistake in settings is found at the start.
 */
export function stampingAuthority(settings: Settings): StampingAuthority | null {
  const { timestampUrl: url, timestampAuthorityFile: file, timestampPolicy: policy } = settings;
  if (url === undefined && file === undefined && policy === undefined) return null;
  if (url === undefined || file === undefined) {
    throw new Error('SUNSEAL_TIMESTAMP_URL and SUNSEAL_TIMESTAMP_AUTHORITY_FILE come together');
  }
  const authorityPem = readFileSync(file, 'utf8');
  requireCertificate(authorityPem, file);
  const timeoutMs = STAMP_TIMEOUT_MS;
  const stated = policy === undefined ? {} : { policy };
  return { authority: new HttpTimestampAuthority({ url, timeoutMs, authorityPem, ...stated }), authorityPem };
}

function requireCertificate(pem: string, file: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (cause) {
    throw new Error(`${file} holds no certificate (SUNSEAL_TIMESTAMP_AUTHORITY_FILE)`, { cause });
  }
}
