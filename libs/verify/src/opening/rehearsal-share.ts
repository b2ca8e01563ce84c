import { toBase64Url } from '#kernel';
import {
  type Manifest,
  openShare,
  type RandomBytes,
  type Share,
  type TenderDescriptor,
  type TrusteeKey,
} from '#sealing';

/** What shares of a rehearsal are bound to, where there is no close record. */
const REHEARSAL_CLOSE = '0'.repeat(64);

export interface RehearsalToOpen {
  readonly tenderId: string;
  readonly descriptor: TenderDescriptor;
  readonly manifest: Manifest;
  readonly key: TrusteeKey;
  readonly random: RandomBytes;
}

/**
 * The share for the dummy envelope of a rehearsal. Its descriptor must say that it is one: then the proofs of no real
 * deal hold under it, and the share is worth nothing for a bid. Throws an Error where it does not, or where the key is
 * not in its committee, and the codes of `openShare`.
 */
export function rehearsalShare({ tenderId, descriptor, manifest, key, random }: RehearsalToOpen): Share {
  if (descriptor.rules['rehearsal'] !== true || descriptor.tenderId !== tenderId) {
    throw new Error('what is to be opened is not a rehearsal of this tender: refused');
  }
  const trusteeIndex = seatOf(descriptor, key);
  return openShare({ descriptor, manifest, closeEntrySha256: REHEARSAL_CLOSE, trusteeIndex, key, random });
}

/** The number of a key in a committee. Throws an Error where it has none: a share of it would be refused in public. */
export function seatOf({ trustees }: TenderDescriptor, { publicKey }: TrusteeKey): number {
  const own = toBase64Url(publicKey);
  const seat = trustees.find((one) => one.publicKey === own);
  if (!seat) throw new Error('your key is not in the committee that the envelopes were sealed to: refused');
  return seat.i;
}
