import type { Instant, Uuid } from '#kernel';
import type { CloseRecord } from '#contracts';
import type { BidAct, SignedManifest } from './bid-act.js';

/** A bid that takes part in the opening, under the alias that stands for it until scores are locked. */
export interface FinalBid {
  readonly tenderId: Uuid;
  readonly alias: string;
  readonly organisationId: Uuid;
  readonly organisationName: string;
  readonly certificateSha256: string;
  readonly manifests: readonly SignedManifest[];
  readonly isPassed: boolean | null;
}

/** Random bytes, passed in: draws are never made in here. */
export type RandomBytes = (length: number) => Uint8Array;

/** Gives each bid an alias by lot; the order of bids, names or times has no part in it. */
export function drawAliases(acts: readonly BidAct[], random: RandomBytes): FinalBid[] {
  const taken = new Set<string>();
  return acts.map((act) => {
    let alias = drawAlias(random);
    while (taken.has(alias)) alias = drawAlias(random);
    taken.add(alias);
    const { tenderId, organisationId, organisationName, certificateSha256, manifests } = act;
    return {
      tenderId,
      alias,
      organisationId,
      organisationName,
      certificateSha256,
      manifests,
      isPassed: null,
    };
  });
}

/** Two letters and two digits, without bias: bytes that do not divide evenly are drawn again. */
function drawAlias(random: RandomBytes): string {
  return draw('ABCDEFGHJKLMNPQRSTUVWXYZ', 2, random) + draw('0123456789', 2, random);
}

function draw(alphabet: string, length: number, random: RandomBytes): string {
  const fair = 256 - (256 % alphabet.length);
  let out = '';
  while (out.length < length) {
    const byte = random(1)[0]!;
    if (byte < fair) out += alphabet[byte % alphabet.length]!;
  }
  return out;
}

/** Fixes what is to be opened: manifests in the order of their hashes, which tells nothing of when they came. */
export function closeRecord(
  tid: string,
  bids: readonly FinalBid[],
  closedAt: Instant,
  ledgerSize: number,
): CloseRecord {
  const manifests = bids.flatMap((bid) => bid.manifests.map(({ sha256 }) => sha256)).sort();
  return { tid, closedAt, count: bids.length, manifests, ledgerSize };
}
