import type { Uuid } from '#kernel';
import { envelopesNotOpened, type LeftSealed } from '../../domain/opening/envelopes-to-open.js';
import { isOpened } from '../../domain/opening/opening.js';
import { NOT_RELEASED } from '../../domain/opening/verdict.js';
import type { OpeningTransaction } from '../opening/openings.port.js';

/** Envelopes of final bids that were never opened, by the results of the openings. */
export async function notOpened(tx: OpeningTransaction, tenderId: Uuid): Promise<LeftSealed[]> {
  const opened = new Set<string>();
  for (const envelopeId of ['technical', 'commercial'] as const) {
    const opening = await tx.load({ tenderId, envelopeId });
    if (!opening || !isOpened(opening)) continue;
    for (const { manifestSha256, code } of await tx.items(opening)) {
      if (code !== NOT_RELEASED) opened.add(manifestSha256);
    }
  }
  return envelopesNotOpened(await tx.vault.finalBids(tenderId), opened);
}
