import { sha256 } from '@noble/hashes/sha2.js';
import { fromUtf8, jcs, jcsBytes, toHex } from '#kernel';
import type { DataOf, robustnessReported } from '#contracts';
import { type EvaluationDocument, robustness } from '#evaluation';
import type { OpenEntry } from '#ledger';
import { BundleFault } from './bundle-fault.js';
import type { BundleFolder } from './bundle-folder.js';

const FILE = 'evaluation/robustness.json';

/** The report of how firm the ranking is, where the ledger has one of this version, is what anyone computes. */
export async function verifyRobustness(
  folder: BundleFolder,
  entries: readonly OpenEntry[],
  { result, ...input }: EvaluationDocument,
): Promise<void> {
  const told = entries
    .filter(({ type }) => type === 'commercial-scoring.robustness-reported')
    .map(({ data }) => data as unknown as DataOf<typeof robustnessReported>)
    .find(({ hash }) => hash === result.hash);
  if (!told) return;
  const shown = JSON.parse(fromUtf8(await folder.read(FILE))) as unknown;
  const made = robustness(input);
  if (jcs(shown) !== jcs(made) || toHex(sha256(jcsBytes(made))) !== told.reportSha256)
    throw new BundleFault(FILE, 'is not what the evaluation gives');
}
