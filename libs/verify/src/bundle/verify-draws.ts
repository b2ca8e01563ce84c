import { fromHex, jcs } from '#kernel';
import type { DataOf, envelopesOpened } from '#contracts';
import { type Draws, makeDraws, type Method } from '#evaluation';
import type { OpenEntry } from '#ledger';
import { drawSeed } from '#sealing';
import { BundleFault } from './bundle-fault.js';

/** What was drawn is what the published identities give, for exactly the bids that were evaluated. */
export function verifyDraws(
  entries: readonly OpenEntry[],
  tid: string,
  evaluated: {
    readonly method: Method;
    readonly bids: readonly { readonly id: string }[];
    readonly draws: Draws;
  },
): void {
  const identities = entries
    .filter(({ type }) => type === 'vault.envelopes-opened')
    .flatMap(({ data }) => (data as unknown as DataOf<typeof envelopesOpened>).items);
  const seed = drawSeed(fromHex(tid), identities);
  const { method, bids, draws } = evaluated;
  const drawn = makeDraws(
    method,
    bids.map(({ id }) => id),
    seed,
  );
  if (jcs(drawn) !== jcs(draws))
    throw new BundleFault('evaluation/draws.json', 'is not what the opened envelopes give');
}
