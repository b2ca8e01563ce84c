import { utf8 } from './bytes.js';

/** How large a part of a list may be. */
export interface PartLimits {
  readonly itemsMax: number;
  /** Of the items' JSON. One item alone may be larger. */
  readonly bytesMax: number;
}

/** A ledger entry has 64 KiB; the largest opened item, 64 parts with the longest names, has less than 56. */
export const ENTRY_PART: PartLimits = { itemsMax: 50, bytesMax: 56 * 1024 };
/** As {@link ENTRY_PART}, for lists of many small items. */
export const ENTRY_PART_OF_SMALL: PartLimits = { itemsMax: 500, bytesMax: 56 * 1024 };
/** A message has 1 MiB, and other members beside the list. */
export const MESSAGE_PART: PartLimits = { itemsMax: 200, bytesMax: 512 * 1024 };

/** Bytes that an item takes in a list of JSON. */
const jsonBytes = (item: unknown): number => utf8(JSON.stringify(item)).length + 1;

/** Cuts a list into parts of bounded size, in its order; an empty list is one empty part. */
export function inParts<T>(
  items: readonly T[],
  { itemsMax, bytesMax }: PartLimits,
  bytesOf: (item: T) => number = jsonBytes,
): T[][] {
  const parts: T[][] = [[]];
  let bytes = 0;
  for (const item of items) {
    const size = bytesOf(item);
    const last = parts.at(-1)!;
    if (last.length > 0 && (last.length >= itemsMax || bytes + size > bytesMax)) {
      parts.push([item]);
      bytes = size;
    } else {
      last.push(item);
      bytes += size;
    }
  }
  return parts;
}

/** The parts as event data: numbered from 1, each naming how many there are. */
export const numbered = <T>(
  items: readonly T[],
  limits: PartLimits = ENTRY_PART,
): { readonly part: number; readonly parts: number; readonly items: T[] }[] =>
  inParts(items, limits).map((part, at, all) => ({ part: at + 1, parts: all.length, items: part }));
