import { DomainError } from '#kernel';
import type { Outcome } from '#database';
import type { Call } from '#service';
import { begun } from '../../domain/bid-progress.js';
import { decideCommit, type ReceivedAct } from '../../domain/commit-decision.js';
import { type DecidedAct, entryOf, promisedAct } from './promised-act.js';
import { type Receipt, receiptOf } from './receipt.js';
import { type IntakeTransaction, lineKey } from '../vault.port.js';
import type { VaultPorts } from '../vault-ports.js';

/** One act of a group with the call that brought it. */
export interface Intake {
  readonly act: ReceivedAct;
  readonly call: Call;
}

type Ports = Pick<VaultPorts, 'vault' | 'signer' | 'isStamping'>;

type Decided = Intake & DecidedAct;

/**
 * Decides on many acts in one transaction, as if they had come one after the other: in time by the database's clock,
 * read once after all locks are held, next in sequence. Acts, entries and promises become visible together; a
 * refusal of one leaves the others alone.
 */
export function commitGroup(ports: Ports, intakes: readonly Intake[]): Promise<Outcome<Receipt>[]> {
  return ports.vault.transactGroup(
    intakes.map(({ call }) => call),
    async (tx, open) => {
      const group = open.map((at) => intakes[at]!);
      const tenders = await tx.loadTenders(group.map(({ act }) => act.tenderId));
      const lines = await tx.lockLines(group.map(({ act }) => act));
      const now = await tx.clock();
      const decided = group.map(({ act, call }): Decided | { readonly error: unknown } => {
        try {
          const tender = tenders.get(act.tenderId);
          if (!tender) throw new DomainError('tender.unknown', 'This tender takes no bids here.');
          const line = lines.get(lineKey(act));
          const seq = decideCommit({ tender, isJoined: line !== undefined, last: line?.last, now }, act);
          // The next of the same bidder in this group follows this one.
          lines.set(lineKey(act), { last: { seq, kind: act.kind, manifests: signedOf(act) } });
          return { act, call, tender, seq, receivedAt: now };
        } catch (error) {
          return { error };
        }
      });
      const good = decided.filter((one): one is Decided => 'seq' in one);
      const receipts = await enter(ports, tx, good);
      let next = 0;
      return decided.map((one) =>
        'seq' in one
          ? { ok: true as const, answer: receipts[next++]! }
          : { ok: false as const, error: one.error },
      );
    },
  );
}

const signedOf = ({ read }: ReceivedAct) => read.map(({ signed }) => signed);

async function enter(ports: Ports, tx: IntakeTransaction, decided: readonly Decided[]): Promise<Receipt[]> {
  const reveals = await tx.sealAll(
    decided.map((one) => ({ call: one.call, act: entryOf(one, one.call.actorId) })),
  );
  const acts = await Promise.all(decided.map((one, at) => promisedAct(ports, one, reveals[at]!)));
  await tx.addActs(acts.map(begun));
  if (ports.isStamping) await tx.queueStamps(acts);
  return acts.map(receiptOf);
}
