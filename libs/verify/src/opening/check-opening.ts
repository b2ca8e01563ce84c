import { fromBase64Url, fromUtf8, type Instant, isBefore, jcs, toHex } from '#kernel';
import type { CloseRecord, DataOf, EnvelopeId, scoresLocked } from '#contracts';
import { isSealedEntry, type OpenEntry, type VerifiedEntry } from '#ledger';
import { asksBidderKey, type Manifest, manifestDigest, type TenderDescriptor } from '#sealing';
import { checkKeysClosed } from './check-keys-closed.js';
import { type EnteredClose, enteredSoFar } from './entered-close.js';

export interface OpeningAsked {
  readonly descriptor: TenderDescriptor;
  readonly envelopeId: EnvelopeId;
  /** What the platform asks the trustee to open. */
  readonly work: {
    readonly close: CloseRecord;
    readonly listed: readonly string[];
    readonly manifests: readonly string[];
  };
  /** The trustee's own clock; not asked under a demonstration clock, or where it is left out. */
  readonly now: Instant | undefined;
}

/** What the ledger does not have yet; it is looked at again. */
export type NotYetEntered = 'close-record' | 'scores' | 'bidder-keys';

export interface MayOpen {
  readonly manifests: readonly { readonly manifest: Manifest; readonly manifestSha256: string }[];
  /** Envelopes that stay sealed for want of a bidder's key. */
  readonly leftSealed: number;
}

/**
 * What a trustee may open. What the platform says counts for nothing: the close record and every part of its list must
 * stand in the verified ledger, its time and `now` must not be before the deadline, and only what it lists is opened, no
 * version of a bid twice and no bid left out, but those whose bidders did not release keys that the tender asks for.
 * `entries` are those of the verified ledger, where the tender names witnesses as `readEntriesSoFar` gives them. Throws
 * an Error ending in "refused" where something is not as it must be.
 */
export function checkOpening(
  entries: readonly VerifiedEntry[],
  { descriptor, envelopeId, work, now }: OpeningAsked,
): MayOpen | NotYetEntered {
  const own = entries
    .map(({ entry }) => entry)
    .filter((entry): entry is OpenEntry => !isSealedEntry(entry))
    .filter(({ tender }) => tender === descriptor.tenderId);
  const entered = enteredSoFar(own, descriptor);
  if (!entered) return 'close-record';
  requireSame(entered, work);
  const bids = envelopeId === 'technical' ? entered.close.count : passedSoFar(own);
  if (bids === undefined) return 'scores';
  const clock = entered.isDemonstration ? undefined : now;
  requireDue(descriptor, entered.close, clock);
  const manifests = readWork(entered.manifests, work.manifests, envelopeId);
  const asked = manifests.map(({ manifestSha256 }) => manifestSha256);
  const ofKind = own.filter(({ data }) => data['envelopeId'] === envelopeId);
  const keys = { descriptor, listed: entered.manifests, asked, now: clock };
  const leftSealed = asksBidderKey(descriptor) ? checkKeysClosed(ofKind, keys) : 0;
  if (leftSealed === undefined) return 'bidder-keys';
  if (manifests.length + leftSealed !== bids) {
    throw new Error(`asked to open ${manifests.length} of ${bids - leftSealed} bids: refused`);
  }
  return { manifests, leftSealed };
}

function requireSame(entered: EnteredClose, { close, listed }: OpeningAsked['work']): void {
  if (jcs(entered.close) !== jcs(close)) {
    throw new Error('the close record differs from the ledger’s: refused');
  }
  if (jcs(entered.manifests) !== jcs(listed)) {
    throw new Error('the list of final bids differs from the ledger’s: refused');
  }
}

/** How many bids passed, by the entries that locked their scores; undefined while some of them are not there yet. */
function passedSoFar(entries: readonly OpenEntry[]): number | undefined {
  const parts = entries
    .filter(({ type }) => type === 'technical-scoring.scores-locked')
    .map(({ data }) => data as unknown as DataOf<typeof scoresLocked>);
  if (parts.length === 0 || parts.length < parts[0]!.parts) return undefined;
  return parts.flatMap(({ results }) => results).filter(({ isPassed }) => isPassed).length;
}

function requireDue(
  { deadlineAt }: TenderDescriptor,
  { closedAt }: CloseRecord,
  now: Instant | undefined,
): void {
  if (isBefore(closedAt, deadlineAt))
    throw new Error('the close record is from before the deadline: refused');
  if (now !== undefined && isBefore(now, deadlineAt)) {
    throw new Error(`the deadline is ${deadlineAt}, and by this machine’s clock it is ${now}: refused`);
  }
}

/** What is to be opened: all of it in the list of the close record, and each bidder once. */
function readWork(list: readonly string[], manifests: readonly string[], envelopeId: EnvelopeId) {
  const listed = new Set(list);
  const bidders = new Set<string>();
  return manifests.map((jws) => {
    const manifest = JSON.parse(fromUtf8(fromBase64Url(jws.split('.')[1]!))) as Manifest;
    const manifestSha256 = toHex(manifestDigest(manifest));
    if (!listed.has(manifestSha256) || manifest.envelopeId !== envelopeId) {
      throw new Error(`asked to open ${manifestSha256}, which the close record does not list: refused`);
    }
    if (bidders.has(manifest.bidderCertSha256)) {
      throw new Error(`asked to open two versions of one bid, ${manifestSha256} among them: refused`);
    }
    bidders.add(manifest.bidderCertSha256);
    return { manifest, manifestSha256 };
  });
}
