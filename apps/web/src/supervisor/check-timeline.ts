import { fromBase64, isDomainError, toHex } from '#kernel';
import {
  checkReveal,
  encodeEntry,
  type Entry,
  formatProofFile,
  isSealedEntry,
  type JsonObject,
  leafHash,
  verifierFromKey,
  verifyProofFile,
} from '#ledger';
import type { AnswerOf } from '../api/call.js';

type Page = Pick<AnswerOf<'getTimeline'>, 'checkpoint' | 'items'>;
type Item = Page['items'][number];

/** Whether an entry is in the ledger as it is shown; else the code of what does not hold. */
export type Checked = { readonly holds: true } | { readonly holds: false; readonly code: string };

/**
 * Proves each entry of a page from its own bytes: that it is at its index under the checkpoint, that the key signed the
 * checkpoint, that a reveal opens what was sealed, and that the type that is shown is that of the entry. In the order
 * of the items; throws nothing.
 */
export function checkTimeline({ checkpoint, items }: Page, verifierKey: string): Checked[] {
  return items.map((item) => {
    try {
      return check(item, checkpoint, verifierKey);
    } catch (error) {
      return { holds: false, code: isDomainError(error) ? error.code : 'proof.malformed' };
    }
  });
}

function check(item: Item, checkpoint: string, verifierKey: string): Checked {
  const entry = item.entry as unknown as Entry;
  const bytes = encodeEntry(entry);
  const proof = item.proof.map((line) => fromBase64(line));
  const file = formatProofFile({ index: item.index, proof, checkpoint });
  verifyProofFile(bytes, file, [verifierFromKey(verifierKey)]);
  if (toHex(leafHash(bytes)) !== item.leafSha256) return { holds: false, code: 'proof.invalid' };
  const opened = isSealedEntry(entry) ? revealed(entry.sealed, item) : entry;
  const isShown = opened === null || opened.type === item.type;
  return isShown ? { holds: true } : { holds: false, code: 'reveal.mismatch' };
}

/** What a sealed act turned out to be; null before its reveal. */
function revealed(sealed: string, { reveal }: Item): { readonly type?: unknown } | null {
  if (!reveal) return null;
  const event = reveal.event as JsonObject;
  checkReveal({ sealed, salt: reveal.salt, event });
  return event;
}
