import { PemConverter } from './x509.js';

export type PemLabel = 'CERTIFICATE' | 'CERTIFICATE REQUEST' | 'PRIVATE KEY';

/**
 * The bytes of the one block in a PEM text (RFC 7468). Throws an Error unless there is exactly one block with
 * exactly this label and without headers: a second certificate in the text would be ignored silently otherwise.
 */
export function pemToDer(pem: string, label: PemLabel): ArrayBuffer {
  const blocks = PemConverter.decodeWithHeaders(pem);
  const [block] = blocks;
  if (!block || blocks.length !== 1 || block.type !== label || block.headers.length > 0)
    throw new Error(`not one PEM block ${label}`);
  return block.rawData;
}

export const derToPem = (der: ArrayBuffer, label: PemLabel): string => `${PemConverter.encode(der, label)}\n`;
