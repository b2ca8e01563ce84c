import type { EntrySearch } from './entry-search.port.js';

/** Entries that the search takes in one transaction. */
const ENTRIES_AT_ONCE = 500;

/** … and that whoever asks waits for at most, beside those that are taken in the background. */
const ENTRIES_FOR_A_READER = 2_000;

/** Takes what the ledger's head covers into the search until nothing is left, or `signal` ends it. */
export async function followLedger(search: EntrySearch, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && (await search.advance(ENTRIES_AT_ONCE)) > 0);
}

/** What was entered a moment ago is found; where more is behind, the answer says how far it searched. */
export async function catchUp(search: EntrySearch): Promise<void> {
  for (let taken = 0; taken < ENTRIES_FOR_A_READER;) {
    const some = await search.advance(ENTRIES_AT_ONCE);
    if (some === 0) return;
    taken += some;
  }
}
