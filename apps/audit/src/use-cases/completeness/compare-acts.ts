import {
  checkSealedActs,
  COMPARED_MAX,
  type LedgerDifference,
  resendActs,
  type ServiceName,
} from '#contracts';
import { actDifferences, commitmentOf } from '../../domain/act-differences.js';
import type { CompletenessPorts } from './completeness-ports.js';

/** What came of one page; `nextFrom` is null behind the last. */
export interface ComparedPage {
  readonly rows: number;
  readonly entries: number;
  readonly differences: readonly LedgerDifference[];
  readonly nextFrom: number | null;
}

/**
 * Acts of one producer from a number on against their entries, at most {@link COMPARED_MAX} numbers, up to the last
 * that has its place: what came since is on its way.
 */
export async function compareActs(
  { compared, requests }: CompletenessPorts,
  producer: ServiceName,
  from: number,
): Promise<ComparedPage> {
  const last = (await compared.lastNumbers()).get(producer) ?? 0;
  if (from > last) return { rows: 0, entries: 0, differences: [], nextFrom: null };
  const toSeq = Math.min(from + COMPARED_MAX - 1, last);
  const { acts, coveredTo: to } = await requests.ask(resendActs(producer), { fromSeq: from, toSeq });
  const sealed = acts.flatMap((act) => commitmentOf(act) ?? []);
  const entries = [
    // More under so few numbers than twice as many are conflicts, of which some are enough.
    ...(await compared.openEntries({ producer, from, to, limit: 2 * COMPARED_MAX })),
    ...(await compared.sealedEntries(sealed)),
  ];
  const differences = actDifferences({ producer, acts, entries });
  return { rows: acts.length, entries: entries.length, differences, nextFrom: to < last ? to + 1 : null };
}

/** A page of a producer's sealed acts: each was told to the ledger in the transaction that kept it. */
export async function compareSealedActs(
  { requests }: CompletenessPorts,
  producer: ServiceName,
  afterId: number,
): Promise<ComparedPage> {
  const { rows, untold, nextId } = await requests.ask(checkSealedActs(producer), { afterId });
  const differences = untold.map((sealed): LedgerDifference => ({
    kind: 'sealed-act-untold',
    producer,
    seq: null,
    index: null,
    sealed,
  }));
  return { rows, entries: 0, differences, nextFrom: nextId };
}
