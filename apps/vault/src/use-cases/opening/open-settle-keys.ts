import { DomainError, ENTRY_PART_OF_SMALL, invariant, numbered } from '#kernel';
import { asksBidderKey } from '#sealing';
import { envelopesToOpen } from '../../domain/opening/envelopes-to-open.js';
import type { Opening } from '../../domain/opening/opening.js';
import { unreleasedItem } from '../../domain/opening/verdict.js';
import type { SealedTender } from '../../domain/sealed-tender.js';
import type { Openings, OpeningRef, OpeningTransaction } from './openings.port.js';

/**
 * The window for keys of bidders' own is over: tells for each envelope whether its key was released, and by which signed
 * release, before any share is given. So nobody can say afterwards, when prices are known, that one was or was not. An
 * envelope without its key has its result with this.
 */
export async function settleKeys(tx: OpeningTransaction, opening: Opening): Promise<void> {
  const { tenderId, envelopeId, keys } = opening;
  const awaited = envelopesToOpen(await tx.vault.finalBids(tenderId), envelopeId, undefined);
  const releases = await tx.releases(opening, keys!.released);
  const list = [];
  for (const { alias, manifest } of awaited) {
    const release = releases.get(alias);
    list.push({ manifestSha256: manifest.sha256, releaseSha256: release?.sha256 ?? null });
    if (release === undefined) await tx.addItem(opening, unreleasedItem(alias, manifest));
  }
  const released = list.filter(({ releaseSha256 }) => releaseSha256 !== null).length;
  invariant(released === opening.of, 'every key that counts is kept');
  for (const { items, ...part } of numbered(list, ENTRY_PART_OF_SMALL)) {
    await tx.tell(tenderId, { type: 'bidder-keys-closed', data: { envelopeId, ...part, keys: items } });
  }
}

/**
 * The opening as it is known. Throws `opening.not-yet` while keys of bidders' own are awaited: until then the committee
 * gives no share, and so nobody can read what was released.
 */
export async function requireKeysSettled(
  { openings }: { readonly openings: Openings },
  { tenderId, descriptor }: SealedTender,
  envelopeId: OpeningRef['envelopeId'],
): Promise<Opening | undefined> {
  const opening = await openings.find({ tenderId, envelopeId });
  if (asksBidderKey(descriptor) && (opening === undefined || opening.stage === 'bidder-keys')) {
    throw new DomainError(
      'opening.not-yet',
      'Bidders still release keys of their own; the session follows.',
      {
        until: opening?.keys?.until ?? null,
      },
    );
  }
  return opening;
}
