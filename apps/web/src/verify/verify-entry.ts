import { isSealedEntry, parseProofFile } from '#ledger';
import { LedgerFault, type PlatformReader, verifyEntryAt } from '#verify';
import { LEAF_HASH } from './entry-name.js';
import type { Anchors, VerifyWord } from './verify-order.js';

/** A larger ledger is not read whole for where a sealed entry was opened: that would be hundreds of megabytes. */
const SEARCHED_ENTRIES_MAX = 200_000;

/** Proves one entry of the ledger, and where it was opened. */
export async function verifyEntry(
  reader: PlatformReader,
  { which, anchors }: { readonly which: string; readonly anchors: Anchors },
  say: (word: VerifyWord) => void,
): Promise<void> {
  const { verifierKey } = await reader.query('getLedgerIdentity', {});
  const leafSha256 = LEAF_HASH.test(which) ? which : undefined;
  const found = await verifyEntryAt({
    readFile: (path) => reader.readLedgerFile(path),
    ledgerKey: anchors.ledgerKey ?? verifierKey,
    index: leafSha256 === undefined ? Number.parseInt(which, 10) : await placeOf(reader, leafSha256),
    leafSha256,
    searchedEntriesMax: SEARCHED_ENTRIES_MAX,
    onStep: (step) => say({ type: 'step', step }),
  });
  const { index, size, origin, entry, reveal, isSearched } = found;
  const key = anchors.ledgerKey === undefined ? 'own' : 'given';
  say({ type: 'holds', step: 'checkpoint', outcome: key, facts: { origin, size } });
  say({ type: 'holds', step: 'inclusion', outcome: 'proven', facts: { index, leaf: found.leafSha256 } });
  if (!isSealedEntry(entry)) {
    const facts = { type: entry.type, at: entry.at, tender: entry.tender ?? '–' };
    say({ type: 'holds', step: 'reveal', outcome: 'open', facts });
  } else if (reveal) {
    const facts = { type: String(reveal.event['type']), revealedBy: reveal.revealedBy };
    say({ type: 'holds', step: 'reveal', outcome: 'revealed', facts });
  } else {
    const outcome = isSearched ? 'sealed' : 'too-large';
    say({ type: 'unchecked', step: 'reveal', outcome, facts: { max: SEARCHED_ENTRIES_MAX } });
  }
}

/** The platform says where; that it stands there is proved then. */
async function placeOf(reader: PlatformReader, leafSha256: string): Promise<number> {
  const { proof } = await reader.query('proveEntry', { leafSha256 });
  try {
    return parseProofFile(proof).index;
  } catch {
    throw new LedgerFault('proof', 'is not in the form of a proof', 'proof.malformed');
  }
}
