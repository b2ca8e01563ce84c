import { contentKey, DomainError } from '#kernel';
import type { acceptBody, authoriseUpload, RequestOf, ResponseOf } from '#contracts';
import type { Call } from '#service';
import { requireOpen } from '../domain/sealed-tender.js';
import { organisationOf } from './participate.js';
import type { VaultPorts } from './vault-ports.js';

/** Bodies are taken from those who take part, while there is time. They wait apart until a manifest names them. */
export async function mayUpload(
  { vault, store }: VaultPorts,
  { tenderId, sha256, size }: RequestOf<typeof authoriseUpload>,
  call: Call,
): Promise<ResponseOf<typeof authoriseUpload>> {
  requireOpen(await vault.tender(tenderId), await vault.now());
  if (!(await vault.participation(tenderId, organisationOf(call)))) {
    throw new DomainError('participation.missing', 'Take part in the tender before you send an envelope.');
  }
  const key = contentKey('quarantine', sha256);
  return { key, isStored: (await store.head(key))?.size === size };
}

/** The store holds a body under its hash, so a name that exists is the right bytes. */
export async function takeBody(
  ports: VaultPorts,
  body: RequestOf<typeof acceptBody>,
  call: Call,
): Promise<ResponseOf<typeof acceptBody>> {
  const { isStored } = await mayUpload(ports, body, call);
  if (!isStored) throw new DomainError('bid.body-missing', 'The body is not in the store.');
  return { storedAt: await ports.vault.now() };
}
