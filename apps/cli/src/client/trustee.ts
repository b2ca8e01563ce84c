import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { fromBase64Url, fromUtf8, type Instant, jcs, jcsBytes, toHex } from '#kernel';
import {
  type CloseRecord,
  type EnvelopeId,
  getDescriptor,
  getOpeningWork,
  type ResponseOf,
  submitShares,
  submitTrusteeStatement,
} from '#contracts';
import { isSealedEntry, type OpenEntry } from '#ledger';
import {
  createTrusteeKey,
  type Manifest,
  manifestDigest,
  openShare,
  type TenderDescriptor,
  type TrusteeKey,
  trusteeStatement,
} from '#sealing';
import type { ApiClient } from './api-client.js';
import { random } from './bidder.js';
import { sign, type SigningIdentity } from './identity.js';
import { readLedger } from './ledger-view.js';

const LEDGER_LOOKS = 600;
const LOOK_AGAIN_MS = 100;

/** A trustee's side: the key is made here and stays here; what is opened is decided by the ledger, not by the platform. */
export class Trustee {
  private readonly key: TrusteeKey = createTrusteeKey(random);

  constructor(
    readonly api: ApiClient,
    private readonly identity: SigningIdentity,
    private readonly tenderId: string,
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

  /** Compares what is to be opened with the verified ledger, re-verifies every deal, and gives the shares. */
  async open(envelopeId: EnvelopeId): Promise<ResponseOf<typeof submitShares>> {
    const { tenderId } = this;
    const descriptor = (await this.api.call(getDescriptor, { tenderId }))
      .descriptor as unknown as TenderDescriptor;
    const work = await this.api.call(getOpeningWork, { tenderId, envelopeId });
    await this.requireEntered(descriptor, work.close);
    const closeEntrySha256 = createHash('sha256').update(jcsBytes(work.close)).digest('hex');
    const listed = new Set(work.close.manifests);
    const shares = work.manifests.map((jws) => {
      const manifest = JSON.parse(fromUtf8(fromBase64Url(jws.split('.')[1]!))) as Manifest;
      const manifestSha256 = toHex(manifestDigest(manifest));
      if (!listed.has(manifestSha256) || manifest.envelopeId !== envelopeId) {
        throw new Error(`asked to open ${manifestSha256}, which the close record does not list: refused`);
      }
      const { trusteeIndex } = work;
      return {
        manifestSha256,
        share: openShare({ descriptor, manifest, closeEntrySha256, trusteeIndex, key: this.key, random }),
      };
    });
    return this.api.call(submitShares, { tenderId, envelopeId, shares: shares as never });
  }

  /** The close record must stand in the ledger, word for word, and be the only one of this tender. */
  private async requireEntered(descriptor: TenderDescriptor, close: CloseRecord): Promise<void> {
    for (let look = 0; look < LEDGER_LOOKS; look++) {
      const { entries } = await readLedger(this.api, descriptor.ledgerKey);
      const closes = entries
        .map(({ entry }) => entry)
        .filter((entry): entry is OpenEntry => !isSealedEntry(entry))
        .filter(({ type, tender }) => type === 'vault.bids-closed' && tender === this.tenderId);
      if (closes.length > 1) throw new Error('the ledger has two close records of this tender: refused');
      const [entry] = closes;
      if (entry) {
        if (jcs(entry.data) !== jcs(close))
          throw new Error('the close record differs from the ledger’s: refused');
        return;
      }
      await sleep(LOOK_AGAIN_MS);
    }
    throw new Error('the close record is not in the ledger: refused');
  }
}
