import type { Instant, Uuid } from '#kernel';
import { envelopesToDestroy } from '../../domain/opening/envelopes-to-destroy.js';
import type { LeftSealed } from '../../domain/opening/envelopes-to-open.js';
import type { OpeningTransaction } from '../opening/openings.port.js';

/** Plans that stored envelopes go which were left sealed, and those of versions that were replaced or withdrawn. */
export async function planDestruction(
  tx: OpeningTransaction,
  tenderId: Uuid,
  leftSealed: readonly LeftSealed[],
  notBefore: Instant,
): Promise<void> {
  const { vault } = tx;
  const acts = (await vault.allProgress(tenderId)).map(({ act }) => act);
  const stored = new Set<string>();
  for (const organisationId of new Set(acts.map((act) => act.organisationId))) {
    for (const sha256 of await vault.bodies(tenderId, organisationId)) stored.add(sha256);
  }
  const planned = envelopesToDestroy(acts, await vault.finalBids(tenderId), leftSealed);
  const kept = planned.filter(({ sha256 }) => stored.has(sha256));
  await tx.planDestruction(tenderId, kept, notBefore);
}
