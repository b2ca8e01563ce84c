import { contentKey } from '#kernel';
import type { Call, Log } from '#service';
import type { ExpectedObject, ScrubFault, ScrubResult } from '#storage';
import { sealedUntil } from '../../domain/retention.js';
import { retainEnvelope } from './retain-envelope.js';
import type { KeptBody } from '../vault.port.js';
import type { VaultPorts } from '../vault-ports.js';

/**
 * Reads every envelope that the vault keeps again and compares it with what was accepted. One that is not the same is
 * entered as an act of its tender, hidden until the others are, and told to the operator at once; the opening will not
 * go on with it. On its way it makes good a retention that a kill between acceptance and retaining left out.
 */
export async function scrubEnvelopes(
  ports: VaultPorts,
  call: Call,
  { log, signal }: { readonly log: Pick<Log, 'error' | 'info'>; readonly signal?: AbortSignal },
): Promise<ScrubResult> {
  const { vault, store, scrub } = ports;
  const kept = new Map<string, KeptBody>();
  async function* expected(): AsyncGenerator<ExpectedObject> {
    for await (const body of vault.keptBodies()) {
      const { sha256, size } = body;
      const key = contentKey('envelopes', sha256);
      kept.set(key, body);
      if (await store.head(key)) await retainEnvelope(ports, sha256, sealedUntil(body.tender));
      yield { key, sha256, size };
    }
  }
  const onFault = async ({ key, kind, cause }: ScrubFault): Promise<void> => {
    log.error({ key, kind, cause }, 'a stored envelope is not what was accepted');
    if (kind === 'unreadable') return;
    const { tender, sha256 } = kept.get(key)!;
    const { tenderId } = tender;
    await vault.transact(call, async (tx) => {
      await tx.seal({ type: 'envelope-faulty', tenderId, actorId: null, data: { sha256, kind } });
      return null;
    });
  };
  const result = await scrub(store, expected(), onFault, signal ? { signal } : {});
  log.info({ ...result }, 'stored envelopes were read again');
  return result;
}
