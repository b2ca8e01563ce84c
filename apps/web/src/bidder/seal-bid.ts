import type { AnswerOf } from '../api/call.js';
import { Problem } from '../api/problem.js';
import { sign, type SigningIdentity } from '../identity/signing-identity.js';
import type { SealOrder, SealWord } from './seal-order.js';
import { sealedName } from './sealed-files.js';

/** A sealed version of a bid: signed manifests, and bodies that wait in this browser. */
export interface SealedVersion {
  readonly tenderId: string;
  readonly seq: number;
  readonly envelopes: readonly {
    readonly envelopeId: string;
    readonly jws: string;
    readonly sha256: string;
    readonly size: number;
    /** Opens the envelope too; it is downloaded by the bidder and kept nowhere else. */
    readonly rescueIdentity: string;
  }[];
}

export interface BidToSeal {
  readonly tenderId: string;
  readonly descriptor: AnswerOf<'getDescriptor'>['descriptor'];
  readonly identity: SigningIdentity;
  readonly own: AnswerOf<'getOwnBid'>;
  /** Envelope id → its files. */
  readonly files: Readonly<Record<string, readonly File[]>>;
  readonly clientTime: string;
  readonly onProgress: (envelopeId: string, done: number) => void;
}

/** Seals every envelope in a worker; nothing leaves this machine. Throws {@link Problem} with the library's code. */
export async function sealBid(bid: BidToSeal): Promise<SealedVersion> {
  const { tenderId, descriptor, identity, own, files, clientTime, onProgress } = bid;
  const last = own.acts.at(-1);
  const seq = (last?.seq ?? 0) + 1;
  const envelopes: SealedVersion['envelopes'][number][] = [];
  for (const envelopeId of descriptor['envelopes'] as string[]) {
    const at = last?.bodies.findIndex((body) => body.envelopeId === envelopeId) ?? -1;
    const { manifest, rescueIdentity } = await inWorker(
      {
        descriptor,
        bidderCertSha256: identity.certificateSha256,
        seq,
        previousManifestSha256: last ? (last.manifestSha256[Math.max(at, 0)] ?? null) : null,
        envelopeId,
        clientTime,
        files: files[envelopeId] ?? [],
        name: sealedName(tenderId, seq, envelopeId),
      },
      (done) => onProgress(envelopeId, done),
    );
    const jws = await sign(identity, manifest, 'sunseal-manifest');
    envelopes.push({ envelopeId, jws, ...manifest.age, rescueIdentity });
  }
  return { tenderId, seq, envelopes };
}

function inWorker(
  order: SealOrder,
  onProgress: (done: number) => void,
): Promise<Extract<SealWord, { type: 'sealed' }>> {
  const worker = new Worker(new URL('./seal.worker.ts', import.meta.url), { type: 'module' });
  const ended = new Promise<Extract<SealWord, { type: 'sealed' }>>((resolve, reject) => {
    worker.addEventListener('error', (event) => reject(new Error(event.message)));
    worker.addEventListener('message', ({ data }: MessageEvent<SealWord>) => {
      if (data.type === 'progress') onProgress(data.done);
      else if (data.type === 'sealed') resolve(data);
      else reject(new Problem(data.code, data.message, 422, false, null, {}));
    });
    worker.postMessage(order);
  });
  return ended.finally(() => worker.terminate());
}
