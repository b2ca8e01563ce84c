import type { OpenEntry } from '#ledger';
import { BundleFault } from './bundle-fault.js';

interface Part {
  readonly part: number;
  readonly parts: number;
}

/**
 * What was entered in numbered parts, in their order; entries of one batch stand in any. Throws for a part that is
 * missing, doubled or of another list; none at all is fine.
 */
export function enteredParts<T extends Part>(
  entries: readonly OpenEntry[],
  type: string,
  belongs: (data: T) => boolean = () => true,
): T[] {
  const found = entries
    .filter((entry) => entry.type === type)
    .map(({ data }) => data as unknown as T)
    .filter(belongs)
    .toSorted((a, b) => a.part - b.part);
  const fault = faultOf(found);
  if (fault) throw new BundleFault('ledger/checkpoint', `${type}: ${fault}`);
  return found;
}

/** `sorted` by their numbers. */
function faultOf(sorted: readonly Part[]): string | undefined {
  const parts = sorted[0]?.parts ?? 0;
  const foreign = sorted.find((one) => one.parts !== parts || one.part < 1 || one.part > parts);
  if (foreign) return `part ${foreign.part} of ${foreign.parts} is not of the list that it stands in`;
  const doubled = sorted.find(({ part }, at) => sorted[at - 1]?.part === part);
  if (doubled) return `part ${doubled.part} of ${parts} is there twice`;
  const gap = sorted.findIndex(({ part }, at) => part !== at + 1);
  const missing = gap >= 0 ? gap + 1 : sorted.length + 1;
  return missing <= parts ? `part ${missing} of ${parts} is missing` : undefined;
}
