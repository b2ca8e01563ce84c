import { Frontier } from '#ledger';

const HASH_DIGITS = 64;

/** The hashes of a frontier one behind the other, in hex. */
export const frontierToText = (frontier: Frontier): string => frontier.toJSON().hashes.join('');

/** Undefined for a row that has none. A text that is no frontier of this size is a broken invariant. */
export function frontierFromText(size: number, text: string | null): Frontier | undefined {
  if (text === null) return size === 0 ? Frontier.EMPTY : undefined;
  const hashes = text.match(new RegExp(`.{1,${HASH_DIGITS}}`, 'g')) ?? [];
  return Frontier.fromJSON({ size, hashes });
}
