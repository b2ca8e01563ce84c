import { ledgerAppendBench } from './ledger-append.bench.js';
import { ledgerFilesBench } from './ledger-files.bench.js';
import { ledgerFlowBench } from './ledger-flow.bench.js';

/** Writing and verifying files in memory, appending rows, and the whole way of an act. `--million` grows to 10⁶. */
export async function ledgerBench(): Promise<void> {
  await ledgerFilesBench();
  await ledgerAppendBench();
  await ledgerFlowBench(process.argv.includes('--million'));
}
