import type { RequestOf, ResponseOf, submitMailboxLog } from '#contracts';
import type { Instant } from '#kernel';
import type { Call } from '#service';
import { begun, type BidProgress } from '../../domain/bid-progress.js';
import { decideClaim } from '../../domain/commit-decision.js';
import { requireOpenForMailbox, type SealedTender } from '../../domain/sealed-tender.js';
import type { VaultPorts } from '../vault-ports.js';
import type { ClaimOutcome, VaultTransaction } from '../vault.port.js';
import { participate } from './participate.js';
import { entryOf, promisedAct } from './promised-act.js';
import { type Claim, codeOf, readClaim } from './read-claim.js';

type Answer = ResponseOf<typeof submitMailboxLog>;

/**
 * Takes what the tender's mailbox had: each act that it proves to have had before the deadline, by its own clock, is
 * admitted as if it had come then, by the rule of the descriptor and nobody's choice, and entered with both times.
 * What the platform has already has no second effect. One claim's refusal leaves the others alone. It all happens in
 * one transaction that keeps the close waiting. Throws `tender.unknown`, `tender.not-open`, `mailbox.none`,
 * `mailbox.too-late`, `tender.suspended`.
 */
export async function takeMailboxLog(
  ports: VaultPorts,
  { tenderId, claims }: RequestOf<typeof submitMailboxLog>,
  call: Call,
): Promise<Answer> {
  const tender = await ports.vault.tender(tenderId);
  const key = requireOpenForMailbox(tender, await ports.vault.now());
  const read: (Claim | { readonly code: string })[] = [];
  for (const claim of claims) {
    read.push(
      await readClaim(ports, tender, key, claim, call).catch((error: unknown) => ({ code: codeOf(error) })),
    );
  }
  return ports.vault.transact(call, async (tx) => {
    const current = await tx.loadTender(tenderId, 'close');
    const now = await tx.clock();
    requireOpenForMailbox(current, now);
    const outcomes: Answer['outcomes'] = [];
    for (const claim of read) {
      if ('code' in claim) {
        outcomes.push({ sealed: null, outcome: 'refused', code: claim.code });
        continue;
      }
      const { sealed } = claim.testimony;
      outcomes.push({ sealed, ...(await settle(ports, tx, { tender: current, claim, now, call })) });
    }
    return { outcomes };
  });
}

interface Settling {
  readonly tender: SealedTender;
  readonly claim: Claim;
  readonly now: Instant;
  readonly call: Call;
}

/** Once admitted or known, a claim stays so; one that was refused may be handed over again, in a better order. */
async function settle(ports: VaultPorts, tx: VaultTransaction, settling: Settling): Promise<ClaimOutcome> {
  const { tenderId } = settling.tender;
  const { testimony, act } = settling.claim;
  const before = await tx.claim(tenderId, testimony.sealed);
  if (before && before.outcome !== 'refused') return before;
  const outcome = await decide(ports, tx, settling);
  await tx.saveClaim(tenderId, testimony.sealed, outcome);
  if (outcome.outcome === 'refused' && outcome.code !== before?.code) {
    const { receivedAt: mailboxAt, sealed, seq, manifestSha256 } = testimony;
    const { organisationId } = act;
    const data = {
      code: outcome.code,
      organisationId,
      seq,
      manifestSha256,
      mailbox: { receivedAt: mailboxAt, sealed },
    };
    await tx.seal({ type: 'mailbox-claim-refused', tenderId, actorId: settling.call.actorId, data });
  }
  return outcome;
}

async function decide(ports: VaultPorts, tx: VaultTransaction, settling: Settling): Promise<ClaimOutcome> {
  const { tender, claim, now, call } = settling;
  const { act, testimony } = claim;
  const line = await tx.progressOf(act.tenderId, act.organisationId);
  if (line.some((known) => isSameAct(known, testimony.manifestSha256))) {
    return { outcome: 'committed', code: null };
  }
  try {
    const last = line.at(-1)?.act;
    const seq = decideClaim({ tender, last, mailboxAt: testimony.receivedAt }, act);
    await participate(tx, act, now, call);
    await admit(ports, tx, settling, seq);
    return { outcome: 'admitted', code: null };
  } catch (error) {
    return { outcome: 'refused', code: codeOf(error) };
  }
}

const isSameAct = ({ act }: BidProgress, manifestSha256: readonly string[]): boolean =>
  act.manifests.map(({ sha256 }) => sha256).join() === manifestSha256.join();

/** As intake does it, with the mailbox's word and proof beside the platform's time. */
async function admit(
  ports: VaultPorts,
  tx: VaultTransaction,
  { tender, claim, now: receivedAt, call }: Settling,
  seq: number,
): Promise<void> {
  const decided = { act: claim.act, tender, seq, receivedAt };
  const { receivedAt: mailboxAt, sealed } = claim.testimony;
  const reveal = await tx.seal(entryOf(decided, call.actorId, { receivedAt: mailboxAt, ...claim.proof }));
  const act = await promisedAct(ports, decided, reveal, { receivedAt: mailboxAt, sealed });
  await tx.addAct(begun(act));
  if (ports.isStamping) await tx.queueStamp(act);
}
