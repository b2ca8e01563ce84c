import type { Uuid } from '#kernel';
import type { CloseRecord } from '#contracts';
import { finalBidsSha256 } from '#sealing';
import type { BidAct, NamedManifest, SignedManifest } from './bid-act.js';

/** A manifest of a final bid, with the length of what was signed. */
export interface FinalManifest extends NamedManifest {
  readonly jwsBytes: number;
}

/** A bid that takes part in the opening, under the alias that stands for it until scores are locked. */
export interface FinalBid {
  readonly tenderId: Uuid;
  readonly alias: string;
  readonly organisationId: Uuid;
  readonly organisationName: string;
  readonly certificateSha256: string;
  readonly manifests: readonly FinalManifest[];
  readonly isPassed: boolean | null;
}

/** A final bid as it is kept first, with what was signed. */
export interface DrawnBid extends FinalBid {
  readonly manifests: readonly (FinalManifest & SignedManifest)[];
}

/** Random bytes, passed in: draws are never made in here. */
export type RandomBytes = (length: number) => Uint8Array;

/**
 * Gives each bid an alias by lot; the order of bids, names or times has no part in it. `taken` holds the aliases that
 * others of the tender have, and gets those that are drawn.
 */
export function drawAliases(
  acts: readonly BidAct[],
  random: RandomBytes,
  taken: Set<string> = new Set(),
): DrawnBid[] {
  return acts.map((act) => {
    let alias = drawAlias(random);
    while (taken.has(alias)) alias = drawAlias(random);
    taken.add(alias);
    const { tenderId, organisationId, organisationName, certificateSha256 } = act;
    const manifests = act.manifests.map((manifest) => ({ ...manifest, jwsBytes: manifest.jws.length }));
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

/** All that is to be opened, in the order of the hashes, which tells nothing of when they came. */
export const finalManifests = (bids: readonly FinalBid[]): string[] =>
  bids.flatMap((bid) => bid.manifests.map(({ sha256 }) => sha256)).sort();

/** Fixes what is to be opened: `manifests` is the list of {@link finalManifests}, which the record names by its hash. */
export function closeRecord(
  { tid, closedAt, ledgerSize }: Pick<CloseRecord, 'tid' | 'closedAt' | 'ledgerSize'>,
  count: number,
  manifests: readonly string[],
): CloseRecord {
  const manifestsSha256 = finalBidsSha256(manifests);
  return { tid, closedAt, count, manifestCount: manifests.length, manifestsSha256, ledgerSize };
}
