import { toBase64Url } from '#kernel';
import { type Manifest, openShare, type TenderDescriptor, type TrusteeKey } from '#sealing';
import type { AnswerOf, InputOf } from '../api/call.js';
import { random } from './random.js';

/** What shares of a rehearsal are bound to, where there is no close record. */
const REHEARSAL_CLOSE = '0'.repeat(64);

/**
 * The share for the dummy envelope of a rehearsal. Its descriptor must say that it is one: then the proofs of no real
 * deal hold under it, and the share is worth nothing for a bid. Throws where it does not, or the key is not in it.
 */
export function rehearsalShare(
  tenderId: string,
  rehearsal: Pick<AnswerOf<'getRehearsal'>, 'descriptor' | 'manifest'>,
  key: TrusteeKey,
): InputOf<'submitRehearsalShare'>['share'] {
  const descriptor = rehearsal.descriptor as unknown as TenderDescriptor;
  if (descriptor.rules['rehearsal'] !== true || descriptor.tenderId !== tenderId) {
    throw new Error('what is to be opened is not a rehearsal of this tender: refused');
  }
  const share = openShare({
    descriptor,
    manifest: rehearsal.manifest as unknown as Manifest,
    closeEntrySha256: REHEARSAL_CLOSE,
    trusteeIndex: seatOf(descriptor, key),
    key,
    random,
  });
  return share as unknown as InputOf<'submitRehearsalShare'>['share'];
}

/** The place of a key in a committee. Throws where it has none: a share of it would be refused in public. */
export function seatOf({ trustees }: TenderDescriptor, { publicKey }: TrusteeKey): number {
  const own = toBase64Url(publicKey);
  const seat = trustees.find((one) => one.publicKey === own);
  if (!seat) throw new Error('this key is not in the committee that the envelopes are sealed to: refused');
  return seat.i;
}
