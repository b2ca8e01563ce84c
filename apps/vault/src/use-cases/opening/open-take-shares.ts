import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { invariant, isDomainError, jcsBytes } from '#kernel';
import type { RequestOf, ResponseOf, submitShares } from '#contracts';
import { verifyShare } from '#sealing';
import type { Call } from '#service';
import { envelopesToOpen, type GivenShare, requireExpected } from '../../domain/opening/envelopes-to-open.js';
import { presentTrustees, trusteeAt } from '../../domain/opening/opening.js';
import {
  requireGoingOn,
  requireOpenable,
  requireTrustee,
  type SealedTender,
} from '../../domain/sealed-tender.js';
import { closeDigest, decideOpening, loadOpening } from './open-session.js';
import { requireKeysSettled } from './open-settle-keys.js';
import { manifestOf } from '../intake/read-manifest.js';
import { signedOf } from './signed-manifests.js';
import type { VaultPorts } from '../vault-ports.js';

/** Shares that are verified before others get a turn: about ten milliseconds. */
const SHARES_A_TURN = 8;

/**
 * Takes some of a trustee's shares, verified one by one; all of the batch or none. They count once there is one for
 * every envelope of the kind: to hold one back would be to choose who is opened. A batch that was given before changes
 * nothing. A false share is refused, and entered in public with the name of who gave it.
 */
export async function takeShares(
  ports: VaultPorts,
  { tenderId, envelopeId, shares }: RequestOf<typeof submitShares>,
  call: Call,
): Promise<ResponseOf<typeof submitShares>> {
  const { vault, openings } = ports;
  const ref = { tenderId, envelopeId };
  const tender = await vault.tender(tenderId);
  const trusteeIndex = requireTrustee(tender, call.actor!.personId);
  requireOpenable(tender, envelopeId);
  requireGoingOn(tender);
  const verified = await verifyAll(ports, tender, ref, trusteeIndex, shares as never, call);
  return openings.transact(call, async (tx) => {
    const opening = await loadOpening(tx, ref);
    const given = await tx.addShares(ref, trusteeIndex, verified);
    const all = given === opening.of ? await tx.sharesOf(ref, trusteeIndex) : {};
    const sharesSha256 = createHash('sha256').update(jcsBytes(all)).digest('hex');
    const after = await decideOpening(tx, opening, {
      type: 'take-shares',
      trusteeIndex,
      given,
      sharesSha256,
    });
    return {
      stage: after.stage,
      given: trusteeAt(after, trusteeIndex).given,
      of: after.of,
      present: presentTrustees(after).length,
      quorum: after.quorum,
    };
  });
}

async function verifyAll(
  ports: VaultPorts,
  tender: SealedTender,
  ref: { readonly tenderId: string; readonly envelopeId: 'technical' | 'commercial' },
  trusteeIndex: number,
  shares: readonly GivenShare[],
  call: Call,
): Promise<GivenShare[]> {
  const opening = await requireKeysSettled(ports, tender, ref.envelopeId);
  const envelopes = envelopesToOpen(await ports.vault.finalBids(ref.tenderId), ref.envelopeId, opening);
  const expected = requireExpected(envelopes, shares);
  const signed = await signedOf(ports.vault, ref.tenderId, expected);
  invariant(signed.length === expected.length, 'what was signed is kept with every final bid');
  const closeEntrySha256 = closeDigest(tender);
  const verified: GivenShare[] = [];
  for (const [at, { manifest, share }] of expected.entries()) {
    if (at % SHARES_A_TURN === SHARES_A_TURN - 1) await nextTurn();
    const own = { ...share, i: trusteeIndex };
    try {
      const { descriptor } = tender;
      verifyShare({ descriptor, manifest: manifestOf(signed[at]!), closeEntrySha256, share: own });
    } catch (error) {
      if (isDomainError(error)) {
        const refused = { trusteeIndex, manifestSha256: manifest.sha256, code: error.code };
        await enterRefused(ports, ref, refused, call);
      }
      throw error;
    }
    verified.push({ manifestSha256: manifest.sha256, share: own });
  }
  return verified;
}

/** Who gave a false share is known, because trustees sign in: it is said in public. */
async function enterRefused(
  { openings }: VaultPorts,
  ref: { readonly tenderId: string; readonly envelopeId: 'technical' | 'commercial' },
  refused: { readonly trusteeIndex: number; readonly manifestSha256: string; readonly code: string },
  call: Call,
): Promise<void> {
  await openings.transact({ ...call, idempotencyKey: null }, async (tx) => {
    await decideOpening(tx, await loadOpening(tx, ref), { type: 'refuse-share', ...refused });
    return null;
  });
}
