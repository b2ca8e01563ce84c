import { invariant, isDomainError } from '#kernel';
import type { Call } from '#service';
import type { FinalBid } from '../../domain/close-bids.js';
import { type EnvelopeToOpen, envelopesToOpen } from '../../domain/opening/envelopes-to-open.js';
import { type Opening, presentTrustees } from '../../domain/opening/opening.js';
import { isLedgerAltered } from '../../domain/opening/verdict.js';
import { mayGoOn, type SealedTender } from '../../domain/sealed-tender.js';
import { findDiffering } from './open-check-stored.js';
import { decideOpening } from './open-session.js';
import { type EnvelopeSecret, openWithVerdict, type Verdict } from './open-with-verdict.js';
import type { OpeningRef } from './openings.port.js';
import { signedOf } from './signed-manifests.js';
import type { VaultPorts } from '../vault-ports.js';

/** Envelopes that are opened side by side: while one waits for the disk, others are decrypted. */
const ENVELOPES_AT_ONCE = 4;

/** How often, at most, the public hears how far the decryption is. */
const PROGRESS_REPORTS_MAX = 20;

/**
 * Goes on with every opening whose keys are complete, where it was left: also after the process was killed. The work
 * is done outside transactions, and each result is kept as it is there; nothing is shown before all are. Several
 * processes at once do the same work twice and keep it once. A failure of one holds back no other; all are thrown
 * together at the end, and tried again at the next call.
 */
export async function combineAll(ports: VaultPorts, call: Call, signal: AbortSignal): Promise<void> {
  const failures: unknown[] = [];
  for (const ref of await ports.openings.listCombining()) {
    if (signal.aborted) break;
    await combineOpening(ports, ref, call, signal).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} openings do not go on`);
}

export async function combineOpening(
  ports: VaultPorts,
  ref: OpeningRef,
  call: Call,
  signal: AbortSignal,
): Promise<void> {
  const tender = await ports.vault.tender(ref.tenderId);
  if (!mayGoOn(tender)) return;
  const bids = await ports.vault.finalBids(ref.tenderId);
  const envelopes = envelopesToOpen(bids, ref.envelopeId, await ports.openings.find(ref));
  const checked = await checkStored(ports, tender, bids, envelopes, ref, call);
  if (checked?.stage !== 'combining') return;
  const left = (await unopened(ports, ref, envelopes)).values();
  const lanes = Array.from({ length: ENVELOPES_AT_ONCE }, async () => {
    for (const envelope of left) {
      if (signal.aborted || !mayGoOn(await ports.vault.tender(ref.tenderId))) return false;
      if (!(await openNext(ports, tender, checked, envelope, call))) return false;
    }
    return true;
  });
  // All lanes end before anybody hears that one failed: nothing goes on behind the caller's back.
  const ended = await Promise.allSettled(lanes);
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
  if (ended.some((one) => one.status === 'fulfilled' && !one.value)) return;
  await ports.openings.transact(call, async (tx) => {
    // Suspended or cancelled while the work was done: nothing is shown.
    if (!mayGoOn(await tx.vault.loadTender(ref.tenderId, 'intake'))) return null;
    const opening = (await tx.load(ref))!;
    if (opening.stage !== 'combining') return null;
    await decideOpening(tx, opening, { type: 'finish', items: await tx.items(ref) });
    return null;
  });
}

/** Opens one envelope and keeps what came of it; false where that ends the combining. */
async function openNext(
  ports: VaultPorts,
  tender: SealedTender,
  checked: Opening,
  envelope: EnvelopeToOpen,
  call: Call,
): Promise<boolean> {
  const { tenderId, envelopeId } = checked;
  const ref = { tenderId, envelopeId };
  const secret = await secretOf(ports, checked, envelope);
  const [signed] = await signedOf(ports.vault, tenderId, [envelope]);
  const verdict: Verdict = signed
    ? await openWithVerdict(ports, tender, { ...envelope, manifest: signed }, secret)
    : { halts: 'platform' };
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
  return after.stage === 'combining';
}

/** Before the first identity is made: every envelope of the kind is read and compared. */
async function checkStored(
  ports: VaultPorts,
  tender: SealedTender,
  bids: readonly FinalBid[],
  envelopes: readonly EnvelopeToOpen[],
  ref: OpeningRef,
  call: Call,
): Promise<Opening | undefined> {
  const { openings } = ports;
  const before = await openings.find(ref);
  if (before?.stage !== 'combining' || before.checkedAt !== null) return before;
  const all = envelopes.map(({ manifest }) => manifest.sha256);
  const found = await findDiffering(ports, tender, bids, envelopes).catch((error: unknown) => {
    if (isDomainError(error) && isLedgerAltered(error.code)) return all;
    throw error;
  });
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
