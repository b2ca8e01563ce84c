import { isDomainError } from '#kernel';
import { errorEntry, isErrorCode } from '#contracts';
import type { Call } from '#service';
import type { VaultPorts } from '../vault-ports.js';

/** Runs an act of a bidder; a refusal keeps nothing but an entry of its own. What may succeed when tried again is none. */
export async function enterRefusal<T>(
  { vault }: Pick<VaultPorts, 'vault'>,
  tenderId: string,
  call: Call,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isDomainError(error) && isFinal(error.code)) {
      const data = { code: error.code, organisationId: call.actor?.organisationId ?? null };
      await vault.transact({ ...call, idempotencyKey: null }, async (tx) => {
        await tx.seal({ type: 'bid-refused', tenderId, actorId: call.actorId, data });
        return null;
      });
    }
    throw error;
  }
}

const isFinal = (code: string): boolean =>
  code !== 'tender.unknown' && !(isErrorCode(code) && errorEntry(code).retry);
