import { type Instant, toHex } from '#kernel';
import {
  type EnvelopeId,
  getDescriptor,
  joinTender,
  releaseBidderKey,
  type ResponseOf,
  submitBid,
  withdrawBid,
} from '#contracts';
import {
  bidderKeyRelease,
  type EnvelopePart,
  manifestDigest,
  type SealedEnvelope,
  sealEnvelope,
  type TenderDescriptor,
  withdrawManifest,
} from '#sealing';
import type { ApiClient } from './api-client.js';
import { sign, type SigningIdentity } from './identity.js';
import { random } from './random.js';
import { sendEnvelope } from './send-envelope.js';

export type Receipt = ResponseOf<typeof submitBid>;

/** Envelope id → its parts. */
export type Envelopes = Readonly<Record<string, readonly EnvelopePart[]>>;

export interface SealedBid {
  readonly seq: number;
  readonly envelopes: readonly SealedEnvelope[];
  readonly manifests: readonly string[];
}

/** A bidder's side of the protocol: seals on its own machine, sends ciphertext and signed manifests. */
export class Bidder {
  private last: SealedBid | undefined;
  private lastDigests = new Map<string | null, string>();
  private seq = 0;

  constructor(
    readonly api: ApiClient,
    readonly identity: SigningIdentity,
    private readonly tenderId: string,
  ) {}

  join(): Promise<ResponseOf<typeof joinTender>> {
    return this.api.call(joinTender, { tenderId: this.tenderId });
  }

  async descriptor(): Promise<TenderDescriptor> {
    const { descriptor } = await this.api.call(getDescriptor, { tenderId: this.tenderId });
    return descriptor as unknown as TenderDescriptor;
  }

  /** Seals every envelope to the trustees of the descriptor. Nothing leaves this machine. */
  async seal(descriptor: TenderDescriptor, content: Envelopes, clientTime: Instant): Promise<SealedBid> {
    const seq = this.seq + 1;
    const envelopes: SealedEnvelope[] = [];
    for (const [envelopeId, parts] of Object.entries(content)) {
      envelopes.push(
        await sealEnvelope({
          descriptor,
          bidderCertSha256: this.identity.certificateSha256,
          seq,
          previousManifestSha256: this.lastDigests.get(envelopeId) ?? this.lastDigests.get(null) ?? null,
          envelopeId,
          parts,
          clientTime,
          random,
        }),
      );
    }
    const manifests = await Promise.all(
      envelopes.map(({ manifest }) => sign(this.identity, manifest, 'sunseal-manifest')),
    );
    return { seq, envelopes, manifests };
  }

  /** Commits to the bid, then sends its bodies. The receipt is the platform's signed promise. */
  async submit(bid: SealedBid): Promise<Receipt> {
    const receipt = await this.commit(bid);
    await this.sendBodies(bid);
    return receipt;
  }

  /** The manifests: with them the bid is in time, and nobody can change it any more. */
  async commit(bid: SealedBid): Promise<Receipt> {
    const receipt = await this.api.call(submitBid, {
      tenderId: this.tenderId,
      manifests: [...bid.manifests],
    });
    this.seq = bid.seq;
    this.last = bid;
    this.lastDigests = new Map(
      bid.envelopes.map(({ manifest }) => [manifest.envelopeId, toHex(manifestDigest(manifest))]),
    );
    return receipt;
  }

  /** Without its bodies a bid was never made. */
  async sendBodies({ envelopes }: SealedBid): Promise<void> {
    const { api, tenderId } = this;
    for (const { manifest, ciphertext } of envelopes) {
      await sendEnvelope({ api, tenderId, ...manifest.age, bytes: ciphertext });
    }
  }

  /** Releases the key of its own that an envelope of the last version was sealed to. */
  async release(envelopeId: EnvelopeId, clientTime: Instant): Promise<ResponseOf<typeof releaseBidderKey>> {
    const envelope = this.last?.envelopes.find(({ manifest }) => manifest.envelopeId === envelopeId);
    if (!envelope?.bidderIdentity) throw new Error('there is no key to release');
    const { manifest, bidderIdentity: identity } = envelope;
    const release = await sign(
      this.identity,
      bidderKeyRelease(manifest, { identity, clientTime }),
      'sunseal-bidder-key',
    );
    return this.api.call(releaseBidderKey, { tenderId: this.tenderId, envelopeId, release });
  }

  async withdraw(descriptor: TenderDescriptor, clientTime: Instant): Promise<Receipt> {
    const first = this.last?.envelopes[0];
    if (!first) throw new Error('there is no bid to withdraw');
    const manifest = withdrawManifest({
      descriptor,
      bidderCertSha256: this.identity.certificateSha256,
      seq: this.seq + 1,
      previousManifestSha256: toHex(manifestDigest(first.manifest)),
      clientTime,
    });
    const receipt = await this.api.call(withdrawBid, {
      tenderId: this.tenderId,
      manifest: await sign(this.identity, manifest, 'sunseal-manifest'),
    });
    this.seq += 1;
    this.lastDigests = new Map([[null, toHex(manifestDigest(manifest))]]);
    return receipt;
  }
}
