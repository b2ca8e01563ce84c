import { invariant } from '#kernel';
import type { Call } from '#service';
import type { FinalBid } from '../../domain/close-bids.js';
import { type EnvelopeToOpen, envelopesToOpen } from '../../domain/opening/envelopes-to-open.js';
import { type Opening, presentTrustees } from '../../domain/opening/opening.js';
import type { SealedTender } from '../../domain/sealed-tender.js';
import { findDiffering } from './open-check-stored.js';
import { decideOpening } from './open-session.js';
import { type EnvelopeSecret, openWithVerdict } from './open-with-verdict.js';
import type { OpeningRef } from './openings.port.js';
import type { VaultPorts } from '../vault-ports.js';

/** How often, at most, the public hears how far the decryption is. */
const PROGRESS_REPORTS_MAX = 20;

/**
 * Goes on with every opening whose keys are complete, where it was left: also after the process was killed. The work
 * is done outside transactions, and each result is kept as it is there; nothing is shown before all are. Several
 * processes at once do the same work twice and keep it once. Failures are given to `onFailure` and tried again at the
 * next call.
 */
export async function combineAll(
  ports: VaultPorts,
  call: Call,
  { signal, onFailure }: { readonly signal: AbortSignal; readonly onFailure: (error: unknown) => void },
): Promise<void> {
  for (const ref of await ports.openings.listCombining()) {
    if (signal.aborted) return;
    await combineOpening(ports, ref, call, signal).catch(onFailure);
  }
}

export async function combineOpening(
  ports: VaultPorts,
  ref: OpeningRef,
  call: Call,
  signal: AbortSignal,
): Promise<void> {
  const tender = await ports.vault.tender(ref.tenderId);
  if (tender.stage !== 'closed') return;
  const bids = await ports.vault.finalBids(ref.tenderId);
  const envelopes = envelopesToOpen(bids, ref.envelopeId, await ports.openings.find(ref));
  const checked = await checkStored(ports, tender, bids, envelopes, ref, call);
  if (checked?.stage !== 'combining') return;
  for (const envelope of await unopened(ports, ref, envelopes)) {
    if (signal.aborted) return;
    const verdict = await openWithVerdict(ports, tender, envelope, await secretOf(ports, checked, envelope));
    const after = await ports.openings.transact(call, async (tx) => {
      const opening = (await tx.load(ref))!;
      if ('halts' in verdict) {
        const manifestSha256 = envelope.manifest.sha256;
        return decideOpening(tx, opening, { type: 'halt', fault: verdict.halts, manifestSha256 });
      }
      const opened = (await tx.addItem(ref, verdict.item)) - (opening.keys?.missing ?? 0);
      const isReported = opened < opening.of && opened % Math.ceil(opening.of / PROGRESS_REPORTS_MAX) === 0;
      return isReported ? decideOpening(tx, opening, { type: 'report-progress', opened }) : opening;
    });
    if (after.stage !== 'combining') return;
  }
  await ports.openings.transact(call, async (tx) => {
    const opening = (await tx.load(ref))!;
    if (opening.stage !== 'combining') return null;
    await decideOpening(tx, opening, { type: 'finish', items: await tx.items(ref) });
    return null;
  });
}

/** Before the first identity is made: every envelope of the kind is read and compared. */
async function checkStored(
  { openings, store }: VaultPorts,
  tender: SealedTender,
  bids: readonly FinalBid[],
  envelopes: readonly EnvelopeToOpen[],
  ref: OpeningRef,
  call: Call,
): Promise<Opening | undefined> {
  const before = await openings.find(ref);
  if (before?.stage !== 'combining' || before.checkedAt !== null) return before;
  const found = await findDiffering(store, tender, bids, envelopes);
  const all = envelopes.map(({ manifest }) => manifest.sha256);
  // As many as when the opening began: else the rows say otherwise now who passed.
  const differing = found.length === 0 && envelopes.length !== before.of ? all : found;
  return openings.transact(call, async (tx) =>
    decideOpening(tx, (await tx.load(ref))!, { type: 'report-stored', differing }),
  );
}

async function unopened(
  { openings }: VaultPorts,
  ref: OpeningRef,
  envelopes: readonly EnvelopeToOpen[],
): Promise<EnvelopeToOpen[]> {
  const done = new Set((await openings.items(ref)).map(({ alias }) => alias));
  return envelopes.filter(({ alias }) => !done.has(alias));
}

async function secretOf(
  { openings }: VaultPorts,
  opening: Opening,
  { alias, manifest }: EnvelopeToOpen,
): Promise<EnvelopeSecret> {
  const release = (await openings.releases(opening, [alias])).get(alias)?.jws ?? null;
  if (opening.openedBy === 'trustees') {
    const given = await openings.shares(opening, presentTrustees(opening), [manifest.sha256]);
    return { shares: given.map(({ share }) => share), release };
  }
  const rescueIdentity = await openings.rescueIdentity(opening, alias);
  invariant(rescueIdentity !== undefined, 'every bidder has revealed a rescue identity');
  return { rescueIdentity, release };
}
