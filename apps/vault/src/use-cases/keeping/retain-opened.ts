import type { EventEnvelope } from '#contracts';
import { NOT_RELEASED } from '../../domain/opening/verdict.js';
import { archivedUntil } from '../../domain/retention.js';
import { retainEnvelope } from './retain-envelope.js';
import type { VaultPorts } from '../vault-ports.js';

/** After the end: envelopes that were opened belong to the archive. To do it again changes nothing. */
export async function retainOpened(
  ports: VaultPorts,
  { tenderId, occurredAt }: EventEnvelope,
): Promise<void> {
  const openings = await ports.openings.list(tenderId!);
  // A draft may be cancelled too; the vault never knew of it.
  if (openings.length === 0) return;
  const tender = await ports.vault.tender(tenderId!);
  for (const { envelopeId } of openings) {
    for (const { age, code } of await ports.openings.items({ tenderId: tenderId!, envelopeId })) {
      if (code !== NOT_RELEASED) await retainEnvelope(ports, age.sha256, archivedUntil(tender, occurredAt));
    }
  }
}
