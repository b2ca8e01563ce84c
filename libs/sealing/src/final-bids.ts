import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, invariant, jcsBytes, toHex, utf8 } from '#kernel';
import { isSha256Hex } from './exact-shape.js';
import { refusal } from './refuse.js';

/** Digests in one part: 34 kB of JSON, so that a part fits an entry of the ledger with room. */
export const FINAL_BIDS_PART_MAX = 500;

/** What the close record says of the list of final manifests. */
export interface FinalBidsRecord {
  readonly manifestCount: number;
  /** As {@link finalBidsSha256}. */
  readonly manifestsSha256: string;
}

/** One piece of the list, numbered from 1. */
export interface FinalBidsPart {
  readonly part: number;
  readonly parts: number;
  /** Digests of manifests, lower-case hex. */
  readonly manifests: readonly string[];
}

/** How many parts a list has; an empty one has none. */
const partsOf = (manifestCount: number): number => Math.ceil(manifestCount / FINAL_BIDS_PART_MAX);

const isAscending = (list: readonly string[]): boolean =>
  list.every((digest, at) => at === 0 || list[at - 1]! < digest);

/**
 * SHA-256("sunseal/1 final bids\n" ‖ JCS(list)) in hex, where the list is every final manifest’s digest in hex,
 * ascending, none twice.
 */
export function finalBidsSha256(manifests: readonly string[]): string {
  invariant(isAscending(manifests), 'the list of final bids is ascending, and none is in it twice');
  return toHex(sha256(concatBytes(utf8('sunseal/1 final bids\n'), jcsBytes(manifests))));
}

/** The list as it is entered: all parts but the last have {@link FINAL_BIDS_PART_MAX} digests. */
export function finalBidsParts(manifests: readonly string[]): FinalBidsPart[] {
  const parts = partsOf(manifests.length);
  return Array.from({ length: parts }, (_, at) => ({
    part: at + 1,
    parts,
    manifests: manifests.slice(at * FINAL_BIDS_PART_MAX, (at + 1) * FINAL_BIDS_PART_MAX),
  }));
}

/**
 * The list that a close record names, from the parts that were entered, in whichever order they come. Throws
 * `final-bids.part-foreign` for a part that this list cannot have, `final-bids.part-doubled`,
 * `final-bids.part-missing`, and `final-bids.altered` where what the parts hold is not the list that was hashed; each
 * with the number of the `part` where one can be named.
 */
export function joinFinalBids(
  { manifestCount, manifestsSha256 }: FinalBidsRecord,
  entered: readonly FinalBidsPart[],
): string[] {
  const parts = partsOf(manifestCount);
  const known = new Map<number, readonly string[]>();
  for (const { part, parts: of, manifests } of entered) {
    if (of !== parts || !Number.isInteger(part) || part < 1 || part > parts) {
      const message = `Part ${String(part)} of ${String(of)} is not of this list, which has ${parts}.`;
      throw refusal('final-bids.part-foreign', message, { part });
    }
    if (known.has(part)) {
      throw refusal('final-bids.part-doubled', `Part ${part} of ${parts} is there twice.`, { part });
    }
    known.set(part, manifests);
  }
  const list: string[] = [];
  for (let part = 1; part <= parts; part++) {
    if (!known.has(part)) {
      throw refusal('final-bids.part-missing', `Part ${part} of ${parts} is missing.`, { part });
    }
    const manifests = known.get(part)!;
    requirePart(manifests, { part, last: list.at(-1), manifestCount });
    list.push(...manifests);
  }
  if (finalBidsSha256(list) !== manifestsSha256) {
    throw refusal('final-bids.altered', 'The list is not the one whose hash the close record names.');
  }
  return list;
}

function requirePart(
  manifests: readonly string[],
  { part, last, manifestCount }: { part: number; last: string | undefined; manifestCount: number },
): void {
  const rest = manifestCount - (part - 1) * FINAL_BIDS_PART_MAX;
  const isWhole = Array.isArray(manifests) && manifests.length === Math.min(rest, FINAL_BIDS_PART_MAX);
  if (isWhole && manifests.every(isSha256Hex) && isAscending(last ? [last, ...manifests] : manifests)) return;
  const message = `Part ${part} does not hold as many digests as it must, in their order.`;
  throw refusal('final-bids.altered', message, { part });
}
