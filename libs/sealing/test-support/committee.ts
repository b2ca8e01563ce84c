import { createHash } from 'node:crypto';
import { toBase64Url } from '#kernel';
import {
  createTrusteeKey,
  type EnvelopePart,
  type Manifest,
  openShare,
  type RandomBytes,
  type SealedEnvelope,
  sealEnvelope,
  type Share,
  type TenderDescriptor,
  type TrusteeKey,
} from '#sealing';

export const TENDER = '01920f4e-8d00-7000-8000-000000000001';
export const OTHER_TENDER = '01920f4e-8d00-7000-8000-000000000002';
export const AT = '2026-03-01T08:00:00.000Z';
export const CLOSE = sha256Hex('close entry');

export function sha256Hex(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

export interface Committee {
  readonly descriptor: TenderDescriptor;
  readonly keys: readonly TrusteeKey[];
}

/** n trustees with fresh keys and the descriptor of a tender that they keep. */
export function committeeOf(n: number, k: number, random: RandomBytes, tenderId = TENDER): Committee {
  const keys = Array.from({ length: n }, () => createTrusteeKey(random));
  const trustees = keys.map(({ publicKey }, at) => ({
    i: at + 1,
    certSha256: sha256Hex(`trustee ${at + 1}`),
    publicKey: toBase64Url(publicKey),
    statementSha256: sha256Hex(`statement ${at + 1}`),
  }));
  return {
    keys,
    descriptor: {
      suite: 'SS1',
      tenderId,
      envelopes: ['technical', 'price'],
      n,
      k,
      trustees,
      deadlineAt: '2026-04-01T01:00:00.000Z',
      rules: { method: 'lowest-price', rounds: 1, secret: true },
      ledgerOrigin: 'ledger.example/tenders',
      ledgerKey: 'ledger.example+00000000+AAAA',
    },
  };
}

export const PARTS: readonly EnvelopePart[] = [
  { name: '报价.json', mediaType: 'application/json', bytes: Buffer.from('{"total":"123456.78"}') },
  { name: 'empty.txt', mediaType: 'text/plain', bytes: new Uint8Array() },
];

export const seal = (
  { descriptor }: Pick<Committee, 'descriptor'>,
  random: RandomBytes,
  changed: Partial<Parameters<typeof sealEnvelope>[0]> = {},
): Promise<SealedEnvelope> =>
  sealEnvelope({
    descriptor,
    bidderCertSha256: sha256Hex('bidder'),
    seq: 1,
    previousManifestSha256: null,
    envelopeId: 'price',
    parts: PARTS,
    clientTime: AT,
    random,
    ...changed,
  });

/** Every trustee's share of an envelope, in the order of their numbers. */
export const allShares = (
  { descriptor, keys }: Committee,
  manifest: Manifest,
  random: RandomBytes,
): Share[] =>
  keys.map((key, at) =>
    openShare({ descriptor, manifest, trusteeIndex: at + 1, key, closeEntrySha256: CLOSE, random }),
  );

/** Every choice of `size` items, in order. */
export function subsets<T>(items: readonly T[], size: number): T[][] {
  if (size === 0) return [[]];
  return items.flatMap((item, at) => subsets(items.slice(at + 1), size - 1).map((rest) => [item, ...rest]));
}

/** The code with which an act was refused. Throws where it was not, or where it failed without a code. */
export async function refusalOf(act: () => unknown): Promise<string> {
  try {
    await act();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.name === 'DomainError') return String(error.code);
    throw error;
  }
  throw new Error('this was accepted');
}
