import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError, type Instant, jcsBytes } from '#kernel';
import {
  attendOpening,
  type EnvelopeId,
  getDescriptor,
  getRehearsal,
  OPENING_LIMITS,
  type ResponseOf,
  submitRehearsalShare,
  submitShares,
  submitTrusteeStatement,
} from '#contracts';
import {
  createTrusteeKey,
  type Manifest,
  openShare,
  type Share,
  type TenderDescriptor,
  type TrusteeKey,
  trusteeStatement,
} from '#sealing';
import {
  checkOpening,
  type MayOpen,
  type NotYetEntered,
  type OpeningAsked,
  readEntriesSoFar,
  readOpeningWork,
  rehearsalShare,
  witnessPolicyOf,
} from '#verify';
import type { ApiClient } from './api-client.js';
import { random } from './random.js';
import { sign, type SigningIdentity } from './identity.js';

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

  /** Opens the dummy envelope of a rehearsal, as `rehearsalShare` says. */
  async rehearse(): Promise<ResponseOf<typeof submitRehearsalShare>> {
    const { tenderId } = this;
    const rehearsal = await this.api.call(getRehearsal, { tenderId });
    const share = rehearsalShare({
      tenderId,
      descriptor: rehearsal.descriptor as unknown as TenderDescriptor,
      manifest: rehearsal.manifest as unknown as Manifest,
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
    const { manifests } = await this.requireMayOpen({ descriptor, envelopeId, work, now });
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

  /** As `checkOpening` says; what is not in the ledger yet is waited for. */
  private async requireMayOpen(asked: OpeningAsked): Promise<MayOpen> {
    const { descriptor } = asked;
    let missing: NotYetEntered = 'close-record';
    for (let look = 0; look < LEDGER_LOOKS; look++) {
      const found = checkOpening(await readEntriesSoFar(this.api, descriptor), asked);
      if (typeof found === 'object') return found;
      missing = found;
      await sleep(LOOK_AGAIN_MS);
    }
    if (missing === 'bidder-keys') throw new Error('whose keys were released is not in the ledger: refused');
    const isWitnessed = witnessPolicyOf(descriptor) !== undefined;
    if (isWitnessed) throw new DomainError('ledger.witness-quorum-missing', `${UNWITNESSED}: refused`);
    throw new Error('the close record with its list, or the scores, are not in the ledger: refused');
  }
}

interface OpenOptions {
  /** The trustee's own clock; left out where none is to be asked. */
  readonly now?: Instant;
  readonly onProgress?: (done: number, of: number) => void;
}
