/** SHA-256 of an entry's leaf in hex. */
export const LEAF_HASH = /^[0-9a-f]{64}$/;
const INDEX = /^\d{1,15}$/;

/** Whether this names an entry: its leaf hash, or its number counted from 0. */
export const isEntryName = (which: string): boolean => LEAF_HASH.test(which) || INDEX.test(which);
