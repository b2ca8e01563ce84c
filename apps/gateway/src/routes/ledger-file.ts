import { isDomainError } from '#kernel';
import { parseTilePath } from '#ledger';

/** How a file of the ledger is served (c2sp.org/tlog-tiles). */
export interface LedgerFile {
  readonly contentType: string;
  readonly cacheControl: string;
  /** Entry bundles are text, which gzip makes a fraction; hashes do not shrink. */
  readonly isCompressible: boolean;
}

const NEVER_CHANGES = 'public, max-age=31536000, immutable';
/** Both caches and clients ask again; what they have is good if it is still the newest. */
const ASK_AGAIN = 'no-cache';

/** Undefined for a path that no ledger has. Partial tiles too hold the same bytes for ever. */
export function ledgerFile(path: string): LedgerFile | undefined {
  if (path === 'checkpoint' || path === 'heartbeat') {
    return { contentType: 'text/plain; charset=utf-8', cacheControl: ASK_AGAIN, isCompressible: false };
  }
  try {
    const { level } = parseTilePath(path);
    return {
      contentType: 'application/octet-stream',
      cacheControl: NEVER_CHANGES,
      isCompressible: level === 'entries',
    };
  } catch (error) {
    if (isDomainError(error)) return undefined;
    throw error;
  }
}

/** Whether a client takes gzip, by its Accept-Encoding (RFC 9110 §12.5.3). */
export function acceptsGzip(header: string | undefined): boolean {
  const weights = new Map<string, string>();
  for (const part of (header ?? '').split(',')) {
    const [coding = '', weight = 'q=1'] = part.split(';').map((text) => text.trim().toLowerCase());
    weights.set(coding, weight);
  }
  const weight = weights.get('gzip') ?? weights.get('*');
  return weight !== undefined && !/^q=0(?:\.0*)?$/.test(weight);
}
