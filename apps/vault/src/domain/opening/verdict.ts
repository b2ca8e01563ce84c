import type { DataOf, envelopesOpened, OpeningFault } from '#contracts';
import type { SignedManifest } from '../bid-act.js';

export type OpenedItem = DataOf<typeof envelopesOpened>['items'][number];
export type Consequence = OpenedItem['consequence'];

/** What the procedure makes of an envelope that opened (`none`), or of whose fault it is that it did not. */
export const CONSEQUENCES: Readonly<Record<OpeningFault | 'none', Consequence>> = {
  none: 'admitted',
  bidder: 'excluded',
  platform: 'halts',
  unknown: 'halts',
};

/** What an envelope is found with whose bidder did not release the own key: the bid was taken back. */
export const NOT_RELEASED = 'bidder-key.not-released';

/** The result of an envelope that stays sealed because its bidder did not release the own key. */
export const unreleasedItem = (
  alias: string,
  { sha256: manifestSha256, age }: Pick<SignedManifest, 'sha256' | 'age'>,
): OpenedItem => ({
  alias,
  manifestSha256,
  age: age!,
  identity: '',
  result: 'unreadable',
  fault: 'bidder',
  code: NOT_RELEASED,
  consequence: CONSEQUENCES.bidder,
  parts: [],
});

const OF_CONTENT: ReadonlySet<string> = new Set(['envelope.unreadable', 'envelope.content-malformed']);
const OF_KEEPING: ReadonlySet<string> = new Set([
  'envelope.altered',
  'object.not-found',
  'manifest.malformed',
  'manifest.other-tender',
  'share.malformed',
  'share.proof-invalid',
  'quorum.too-few',
  'point.not-canonical',
  'scalar.not-canonical',
  // A release is checked as it comes: what is kept of it is not what was taken.
  'bidder-key.not-released',
  'bidder-key.malformed',
  'bidder-key.other-envelope',
  'bidder-key.wrong',
]);

const OF_LEDGER: ReadonlySet<string> = new Set([
  'checkpoint.malformed',
  'checkpoint.signature-invalid',
  'entry.malformed',
  'ledger.rotation-invalid',
  'note.malformed',
  'note.signature-invalid',
  'proof.invalid',
  'tile.malformed',
]);

/**
 * The ledger's own files are not what it signed: then nothing says any more what was received, and nothing may be
 * opened. A ledger that cannot be reached, or lacks an entry that is still to come, is no such case.
 */
export const isLedgerAltered = (code: string): boolean => OF_LEDGER.has(code);

/**
 * Whose fault a refusal is. Content that does not open is the bidder's if the deal is right, since then the identity is
 * provably the one that was sealed to; a wrong deal should have been refused at intake. Stored envelopes, manifests or
 * shares that are not what was taken are the platform's. Null for a code that says nothing of the envelope, such as a
 * store that cannot be reached: then it is to be tried again.
 */
export function faultOf(code: string, isDealRight: boolean): OpeningFault | null {
  if (OF_CONTENT.has(code)) return isDealRight ? 'bidder' : 'platform';
  return OF_KEEPING.has(code) ? 'platform' : null;
}
