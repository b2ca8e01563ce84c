import type { DataOf, EventEnvelope, scoresLocked } from '#contracts';
import { envelopesLeftSealed } from '../domain/opening/envelopes-to-open.js';
import { envelopesToDestroy } from '../domain/opening/envelopes-to-destroy.js';
import { unreleasedManifests } from '../domain/opening/verdict.js';
import { numbered } from '../domain/opening/in-parts.js';
import { beginOpening } from './opening/open-session.js';
import type { OpeningTransaction } from './opening/openings.port.js';
import type { VaultPorts } from './vault-ports.js';

/**
 * Scores are locked: bids that passed may be opened on, aliases get their names, and what was sealed in the ledger
 * is shown. Before this moment nobody outside the vault can tell whose bid an alias is.
 */
export async function nameBidders(
  { openings }: VaultPorts,
  { results }: DataOf<typeof scoresLocked>,
  event: EventEnvelope,
): Promise<void> {
  const tenderId = event.tenderId!;
  await openings.take(event, async (tx) => {
    const { vault } = tx;
    const tender = await vault.loadTender(tenderId, 'close');
    for (const { alias, isPassed } of results) await vault.savePassed(tenderId, alias, isPassed);
    await vault.saveTender({ ...tender, scoresLocked: true });
    const bidders = (await vault.finalBids(tenderId)).map(({ alias, organisationId, certificateSha256 }) => ({
      alias,
      organisationId,
      certificateSha256,
    }));
    for (const { items, ...part } of numbered(bidders)) {
      await tx.tell(tenderId, { type: 'bidders-named', data: { bidders: items, ...part } });
    }
    await vault.reveal(tenderId);
    await beginOpening(tx, tender, 'commercial', await vault.clock());
  });
}

/**
 * After the award: says of every envelope that stayed sealed that it did, plans that it and replaced versions be
 * destroyed, and shows what was sealed since.
 */
export async function leaveSealed({ openings }: VaultPorts, event: EventEnvelope): Promise<void> {
  const tenderId = event.tenderId!;
  await openings.take(event, async (tx) => {
    const { vault } = tx;
    const tender = await vault.loadTender(tenderId, 'close');
    const bids = await vault.finalBids(tenderId);
    const unreleased = await unreleasedOf(tx, tenderId);
    const envelopes = envelopesLeftSealed(bids, unreleased);
    if (envelopes.length > 0) {
      for (const { items, ...part } of numbered(envelopes)) {
        await tx.tell(tenderId, { type: 'envelopes-left-sealed', data: { envelopes: items, ...part } });
      }
    }
    await planDestruction(tx, tenderId, unreleased);
    await vault.reveal(tenderId);
    await vault.saveTender({ ...tender, stage: 'ended' });
  });
}

/** Envelopes that stayed sealed because their bidders did not release keys of their own. */
async function unreleasedOf(tx: OpeningTransaction, tenderId: string): Promise<Set<string>> {
  const items = [];
  for (const envelopeId of ['technical', 'commercial'] as const) {
    items.push(...(await tx.items({ tenderId, envelopeId })));
  }
  return unreleasedManifests(items);
}

async function planDestruction(
  tx: OpeningTransaction,
  tenderId: string,
  unreleased: ReadonlySet<string>,
): Promise<void> {
  const { vault } = tx;
  const acts = (await vault.allProgress(tenderId)).map(({ act }) => act);
  const stored = new Set<string>();
  for (const organisationId of new Set(acts.map((act) => act.organisationId))) {
    for (const sha256 of await vault.bodies(tenderId, organisationId)) stored.add(sha256);
  }
  const planned = envelopesToDestroy(acts, await vault.finalBids(tenderId), unreleased);
  const kept = planned.filter(({ sha256 }) => stored.has(sha256));
  await tx.planDestruction(tenderId, kept, await vault.clock());
}
