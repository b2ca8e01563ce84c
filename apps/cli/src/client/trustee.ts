import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  DomainError,
  fromBase64Url,
  fromUtf8,
  type Instant,
  isBefore,
  isDomainError,
  jcs,
  jcsBytes,
  toBase64Url,
  toHex,
} from '#kernel';
import {
  attendOpening,
  type CloseRecord,
  type DataOf,
  type EnvelopeId,
  getDescriptor,
  type getOpeningWork,
  getRehearsal,
  OPENING_LIMITS,
  type ResponseOf,
  type scoresLocked,
  submitRehearsalShare,
  submitShares,
  submitTrusteeStatement,
} from '#contracts';
import { isSealedEntry, type OpenEntry, type VerifiedEntry } from '#ledger';
import {
  createTrusteeKey,
  type Manifest,
  manifestDigest,
  openShare,
  type Share,
  type TenderDescriptor,
  type TrusteeKey,
  trusteeStatement,
} from '#sealing';
import type { ApiClient } from './api-client.js';
import { type EnteredClose, readEnteredClose } from './entered-close.js';
import { random } from './random.js';
import { sign, type SigningIdentity } from './identity.js';
import { readOpeningWork } from './read-openings.js';
import { requireKeysClosed } from './require-keys-closed.js';
import { readWitnessedEntries, witnessPolicyOf } from './witnessed-ledger.js';

/** What shares of a rehearsal are bound to, where there is no close record. */
const REHEARSAL_CLOSE = '0'.repeat(64);
type Work = Pick<ResponseOf<typeof getOpeningWork>, 'close' | 'listed' | 'manifests'>;

const UNWITNESSED = 'the close record is not under a checkpoint that the witnesses of the tender cosigned';
const LEDGER_LOOKS = 600;
const LOOK_AGAIN_MS = 100;

/** A trustee's side: the key is made here and stays here; what is opened is decided by the ledger, not by the platform. */
export class Trustee {
  constructor(
    readonly api: ApiClient,
    private readonly identity: SigningIdentity,
    private readonly tenderId: string,
    private readonly key: TrusteeKey = createTrusteeKey(random),
  ) {}

  async submitStatement(createdAt: Instant): Promise<void> {
    const statement = trusteeStatement({
      tenderId: this.tenderId,
      trusteeCertSha256: this.identity.certificateSha256,
      key: this.key,
      createdAt,
      random,
    });
    const signed = await sign(this.identity, statement, 'sunseal-trustee-statement');
    await this.api.call(submitTrusteeStatement, { tenderId: this.tenderId, statement: signed });
  }

  /**
   * Opens the dummy envelope of a rehearsal. Its descriptor must say that it is one: then the proofs of no real deal
   * hold under it, and the share is worth nothing for a bid.
   */
  async rehearse(): Promise<ResponseOf<typeof submitRehearsalShare>> {
    const { tenderId } = this;
    const rehearsal = await this.api.call(getRehearsal, { tenderId });
    const descriptor = rehearsal.descriptor as unknown as TenderDescriptor;
    if (descriptor.rules['rehearsal'] !== true || descriptor.tenderId !== tenderId) {
      throw new Error('what is to be opened is not a rehearsal of this tender: refused');
    }
    const own = toBase64Url(this.key.publicKey);
    const seat = descriptor.trustees.find(({ publicKey }) => publicKey === own);
    if (!seat) throw new Error('your key is not in the committee that the rehearsal was sealed to');
    const share = openShare({
      descriptor,
      manifest: rehearsal.manifest as unknown as Manifest,
      closeEntrySha256: REHEARSAL_CLOSE,
      trusteeIndex: seat.i,
      key: this.key,
      random,
    });
    return this.api.call(submitRehearsalShare, { tenderId, share: share as never });
  }

  /**
   * Compares what is to be opened with the verified ledger, re-verifies every deal, and gives the shares. What the
   * platform says counts for nothing: the close record and every part of its list must stand in the ledger, its time
   * and `now`, by the trustee's own clock, must not be before the deadline, and only what it lists is opened, no version
   * of a bid twice and no bid left out, but those whose bidders did not release keys that the tender asks for.
   */
  async open(
    envelopeId: EnvelopeId,
    { now, onProgress }: OpenOptions = {},
  ): Promise<ResponseOf<typeof submitShares>> {
    const { tenderId } = this;
    const descriptor = (await this.api.call(getDescriptor, { tenderId }))
      .descriptor as unknown as TenderDescriptor;
    await this.api.call(attendOpening, { tenderId, envelopeId });
    const work = await readOpeningWork(this.api, tenderId, envelopeId);
    const { entered, bids } = await this.requireEntered(descriptor, work, envelopeId);
    const own = entered.isDemonstration ? undefined : now;
    requireDue(descriptor, work.close, own);
    const manifests = readWork(entered.manifests, work.manifests, envelopeId);
    const asked = manifests.map(({ manifestSha256 }) => manifestSha256);
    const listed = entered.manifests;
    const left = await requireKeysClosed(this.api, { descriptor, envelopeId, listed, asked, now: own });
    if (manifests.length + left !== bids) {
      throw new Error(`asked to open ${manifests.length} of ${bids - left} bids: refused`);
    }
    const closeEntrySha256 = createHash('sha256').update(jcsBytes(work.close)).digest('hex');
    const shares = [];
    for (const [at, { manifest, manifestSha256 }] of manifests.entries()) {
      const { trusteeIndex } = work;
      const parts = { descriptor, manifest, closeEntrySha256, trusteeIndex, key: this.key, random };
      shares.push({ manifestSha256, share: openShare(parts) });
      onProgress?.(at + 1, manifests.length);
    }
    return this.giveShares(envelopeId, shares);
  }

  /** In batches: they count once there is one for every envelope, and a batch may be given again. */
  private async giveShares(
    envelopeId: EnvelopeId,
    shares: readonly { readonly manifestSha256: string; readonly share: Share }[],
  ): Promise<ResponseOf<typeof submitShares>> {
    const { tenderId } = this;
    const { sharesMax } = OPENING_LIMITS;
    for (let at = 0; ; at += sharesMax) {
      const batch = shares.slice(at, at + sharesMax) as never;
      const progress = await this.api.call(submitShares, { tenderId, envelopeId, shares: batch });
      if (at + sharesMax >= shares.length) return progress;
    }
  }

  /**
   * The close record must stand in the ledger, word for word, and be the only one of this tender; so must its list, with
   * every part; where the tender names witnesses, under a checkpoint that their quorum cosigned. Tells how many bids
   * there are to open: all of the close record, and of the commercial ones those that passed by the scores in the
   * ledger. What is not there yet is waited for.
   */
  private async requireEntered(
    descriptor: TenderDescriptor,
    { close, listed }: Pick<Work, 'close' | 'listed'>,
    envelopeId: EnvelopeId,
  ): Promise<{ readonly entered: EnteredClose; readonly bids: number }> {
    for (let look = 0; look < LEDGER_LOOKS; look++) {
      const entries = await this.entries(descriptor);
      const own = entries
        .map(({ entry }) => entry)
        .filter((entry): entry is OpenEntry => !isSealedEntry(entry))
        .filter(({ tender }) => tender === this.tenderId);
      const entered = enteredSoFar(own, descriptor);
      if (entered) {
        if (jcs(entered.close) !== jcs(close))
          throw new Error('the close record differs from the ledger’s: refused');
        if (jcs(entered.manifests) !== jcs(listed))
          throw new Error('the list of final bids differs from the ledger’s: refused');
        const bids = envelopeId === 'technical' ? close.count : passedSoFar(own);
        if (bids !== undefined) return { entered, bids };
      }
      await sleep(LOOK_AGAIN_MS);
    }
    const isWitnessed = witnessPolicyOf(descriptor) !== undefined;
    if (isWitnessed) throw new DomainError('ledger.witness-quorum-missing', `${UNWITNESSED}: refused`);
    throw new Error('the close record with its list, or the scores, are not in the ledger: refused');
  }

  /** None while the quorum of the tender's witnesses is missing: then it is looked for again. */
  private async entries(descriptor: TenderDescriptor): Promise<readonly VerifiedEntry[]> {
    try {
      return await readWitnessedEntries(this.api, descriptor);
    } catch (error) {
      if (isDomainError(error) && error.code === 'ledger.witness-quorum-missing') return [];
      throw error;
    }
  }
}

/** Undefined while the record, or a part of its list, is not in the ledger yet. */
export function enteredSoFar(
  entries: readonly OpenEntry[],
  { envelopes }: TenderDescriptor,
): EnteredClose | undefined {
  try {
    return readEnteredClose(entries, envelopes);
  } catch (error) {
    if (isDomainError(error) && error.code === 'final-bids.part-missing') return undefined;
    throw new Error(`${error instanceof Error ? error.message : String(error)}: refused`, { cause: error });
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

interface OpenOptions {
  /** The trustee's own clock; left out where none is to be asked. */
  readonly now?: Instant;
  readonly onProgress?: (done: number, of: number) => void;
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
