import { contentKey } from '#kernel';
import type { EventEnvelope } from '#contracts';
import { archivedUntil } from '../domain/retention.js';
import type { VaultPorts } from './vault-ports.js';

/** After the award: envelopes that were opened belong to the archive. To do it again changes nothing. */
export async function retainOpened(
  { openings, store }: VaultPorts,
  { tenderId, occurredAt }: EventEnvelope,
): Promise<void> {
  for (const { envelopeId } of await openings.list(tenderId!)) {
    for (const { age } of await openings.items({ tenderId: tenderId!, envelopeId })) {
      await store.extendRetention(contentKey('envelopes', age.sha256), archivedUntil(occurredAt));
    }
  }
}
