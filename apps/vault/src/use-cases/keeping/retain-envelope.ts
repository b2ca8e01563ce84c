import { contentKey, type Instant } from '#kernel';
import type { VaultPorts } from '../vault-ports.js';

/** Retains a stored envelope until then at least. Not by a demonstration clock: no store could ever take that back. */
export async function retainEnvelope(
  { vault, store }: Pick<VaultPorts, 'vault' | 'store'>,
  sha256: string,
  until: Instant,
): Promise<void> {
  if (await vault.isDemonstration()) return;
  await store.extendRetention(contentKey('envelopes', sha256), until);
}
