import { DomainError } from '#kernel';
import {
  formatAddCheckpoint,
  type PolicyWitness,
  readCosignatures,
  readWitnessSize,
  SIZE_CONTENT_TYPE,
  type VerifiedSignature,
} from '#ledger';

export interface WitnessReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** Sends a body to `<url>/add-checkpoint`. Throws `witness.unreachable` where nothing comes in time. */
export type PostToWitness = (url: string, body: string) => Promise<WitnessReply>;

/** A signed checkpoint and the proofs that lead to it. */
export interface Target {
  readonly size: number;
  readonly checkpoint: string;
  readonly proofFrom: (oldSize: number) => Promise<readonly Uint8Array[]>;
}

/** Once with what is remembered, once with what the witness says that it knows, and once more if that moved. */
const ATTEMPTS_MAX = 3;
const WORDS_MAX = 200;

/**
 * Asks a witness to cosign, from the size that it is thought to know; where it knows another one it says so and gets
 * the proof from there. Throws `witness.unreachable`, `witness.refused` with status and words, `witness.ahead` where it
 * cosigned more entries than the ledger has, and a code of `readCosignatures` where its answer is none.
 */
export async function askWitness(
  { verifier, name, url }: PolicyWitness & { readonly url: string },
  target: Target,
  knownSize: number,
  post: PostToWitness,
): Promise<readonly VerifiedSignature[]> {
  let oldSize = Math.min(knownSize, target.size);
  for (let attempt = 1; ; attempt++) {
    const isProven = oldSize === 0 || oldSize === target.size;
    const proof = isProven ? [] : await target.proofFrom(oldSize);
    const { checkpoint } = target;
    const { status, contentType, body } = await post(
      url,
      formatAddCheckpoint({ oldSize, proof, checkpoint }),
    );
    if (status === 200) return readCosignatures(checkpoint, body, [verifier]);
    if (status !== 409 || contentType !== SIZE_CONTENT_TYPE || attempt === ATTEMPTS_MAX) {
      throw new DomainError('witness.refused', `Witness ${name} answered ${status}.`, {
        witness: name,
        status,
        words: body.slice(0, WORDS_MAX),
      });
    }
    oldSize = readWitnessSize(body);
    if (oldSize > target.size) {
      throw new DomainError('witness.ahead', `Witness ${name} has cosigned ${oldSize} entries.`, {
        witness: name,
        cosigned: oldSize,
        size: target.size,
      });
    }
  }
}
