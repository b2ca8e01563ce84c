import { cpus } from 'node:os';
import { evaluationBench } from './evaluation.bench.js';
import { intakeBench } from './intake.bench.js';
import { ledgerBench } from './ledger.bench.js';
import { openingBench } from './opening.bench.js';
import { sealingBench } from './sealing.bench.js';
import { uploadBench } from './upload.bench.js';
import { webBench } from './web.bench.js';

const BENCHES: Readonly<Record<string, (options: readonly string[]) => Promise<void>>> = {
  sealing: sealingBench,
  ledger: ledgerBench,
  evaluation: evaluationBench,
  intake: intakeBench,
  upload: uploadBench,
  opening: openingBench,
  web: webBench,
};

const given = process.argv.slice(2);
const options = given.filter((word) => word.includes('='));
const wanted = given.filter((word) => !word.includes('=') && !word.startsWith('--'));
const unknown = wanted.find((name) => !(name in BENCHES));
if (unknown) {
  process.stderr.write(`no bench ${unknown}; there are ${Object.keys(BENCHES).join(', ')}\n`);
  process.exit(2);
}
process.stdout.write(
  `Node ${process.versions.node}, ${cpus().length} cores; median of 7 rounds, ratio of speeds (1 is as fast as the limit)\n`,
);
for (const [name, bench] of Object.entries(BENCHES)) {
  if (wanted.length === 0 || wanted.includes(name)) await bench(options);
}
