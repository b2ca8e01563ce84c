import { derToPem, pemToDer } from '../pem.js';
import { refuse } from '../refuse.js';

/** Names of the files in a receipt file. Those under `manifests/` are named after the envelope. */
export const MEMBERS = {
  sums: 'MANIFEST.sha256',
  readme: 'README.md',
  authority: 'certificates/authority.pem',
  platform: 'certificates/platform.pem',
  timestampAuthority: 'certificates/timestamp-authority.pem',
  descriptor: 'descriptor.json',
  entry: 'entry',
  reveal: 'entry.reveal.json',
  proof: 'entry.tlog-proof',
  ledgerKey: 'ledger.vkey',
  promise: 'promise.jws',
  summary: 'receipt.json',
  timestamp: 'timestamp.tst',
} as const;

export const OPTIONAL_MEMBERS: readonly string[] = [MEMBERS.timestamp, MEMBERS.timestampAuthority];

export const RECEIPT_LIMITS = { fileBytesMax: 1024 * 1024, membersMax: 32 } as const;

const MANIFEST_NAME = /^manifests\/[a-z][a-z0-9-]{0,63}\.jws$/;
const FIXED_NAMES = new Set<string>(Object.values(MEMBERS));

export const isMemberName = (name: string): boolean => FIXED_NAMES.has(name) || MANIFEST_NAME.test(name);
export const isManifestName = (name: string): boolean => MANIFEST_NAME.test(name);

/** A withdrawal has one manifest, which concerns every envelope. */
export const manifestName = (envelopeId: string | null): string =>
  `manifests/${envelopeId ?? 'withdrawal'}.jws`;

/** A receipt file is refused with the name of the member in which it shows, or of none for the file itself. */
export function malformed(member: string | null, message: string): never {
  return refuse('receipt.malformed', message, { member });
}

/** The one text of a certificate: a second spelling would be a change that no signature finds. */
export const onePem = (pem: string): string => derToPem(pemToDer(pem, 'CERTIFICATE'), 'CERTIFICATE');
