import type { ErrorTable } from './error-table.js';

const refused = (title: string) => ({ status: 422, title, retry: false }) as const;

/** Keys, certificates and signatures. */
export const pkiErrors = {
  'key.malformed': refused('Key is not an ECDSA P-256 key in PKCS#8 PEM'),
  'certificate.request-invalid': refused('Certificate request is not valid'),
  'certificate.malformed': refused('Certificate cannot be read'),
  'certificate.untrusted': refused('Certificate does not lead to the authority of the platform'),
  'certificate.expired': refused('Certificate has expired'),
  'certificate.not-yet-valid': refused('Certificate is not valid yet'),
  'signature.malformed': refused('Signed document is not in its one form'),
  'signature.invalid': refused('Signature does not match'),
  'signature.type-wrong': refused('Signed document is of another type'),
  'signature.key-mismatch': refused('Key does not belong to the certificate'),
  'timestamp.malformed': refused('Time stamp cannot be read'),
  'timestamp.other-content': refused('Time stamp is for something else'),
  'timestamp.other-request': refused('Time stamp answers another request'),
  'timestamp.other-policy': refused('Time stamp was made under another policy'),
  'timestamp.signature-invalid': refused('Time stamp is not genuine'),
  'timestamp.authority-untrusted': refused('Time stamp does not lead to the trusted authority'),
  'timestamp.refused': { status: 503, title: 'Time-stamp authority refused the request', retry: true },
  'timestamp.unavailable': { status: 503, title: 'Time-stamp authority cannot be used now', retry: true },
  'receipt.malformed': refused('File is not a receipt in its one form'),
  'receipt.too-large': refused('File is larger than a receipt can be'),
} as const satisfies ErrorTable;
export type PkiErrorCode = keyof typeof pkiErrors;
