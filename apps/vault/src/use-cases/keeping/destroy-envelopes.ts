import { addMs, contentKey, ENTRY_PART, isDomainError } from '#kernel';
import type { Call } from '#service';
import type { PlannedDestruction } from '../opening/openings.port.js';
import type { VaultPorts } from '../vault-ports.js';

/** How long after a store has said that an object is retained it is asked again. */
const ASK_AGAIN_MS = 3_600_000;

/**
 * Removes envelopes that are never to be opened and says so, once they are really gone: where the store retains them,
 * that is when the retention has passed. A kill between the two leaves the removal to be told the next time.
 */
export async function destroyDue({ openings, store }: VaultPorts, call: Call): Promise<void> {
  const due = await openings.listDestructions(ENTRY_PART.itemsMax);
  const retained = new Set<PlannedDestruction>();
  for (const planned of due) {
    await store.remove(contentKey('envelopes', planned.sha256)).catch((error: unknown) => {
      if (!isDomainError(error) || error.code !== 'object.retained') throw error;
      retained.add(planned);
    });
  }
  for (const tenderId of new Set(due.map((planned) => planned.tenderId))) {
    const ofTender = due.filter((planned) => planned.tenderId === tenderId);
    await openings.transact(call, async (tx) => {
      const now = await tx.vault.clock();
      const envelopes = [];
      for (const planned of ofTender) {
        const { alias, envelopeId, manifestSha256, sha256 } = planned;
        if (retained.has(planned)) {
          await tx.postponeDestruction(tenderId, manifestSha256, addMs(now, ASK_AGAIN_MS));
        } else if (await tx.markDestroyed(tenderId, manifestSha256, now)) {
          envelopes.push({ alias, envelopeId, manifestSha256, sha256 });
        }
      }
      if (envelopes.length > 0) await tx.tell(tenderId, { type: 'envelopes-destroyed', data: { envelopes } });
      return null;
    });
  }
}
