// npm test [-- --tier unit|integration|story|fault] [paths and options of jest]
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { prepare, ROOT } from './prepare.mjs';
import { summarise } from './test-summary.mjs';

const TIERS = [
  { name: 'unit', glob: '**/*.spec.ts', workers: 2 },
  { name: 'integration', glob: '**/*.int-spec.ts', workers: 1 },
  { name: 'story', glob: '**/*.e2e-spec.ts', workers: 1 },
  // They mostly wait for what has died to come back.
  { name: 'fault', glob: '**/*.fault-spec.ts', workers: 2 },
];

const args = process.argv.slice(2);
const at = args.findIndex((arg) => arg === '--tier' || arg.startsWith('--tier='));
const wanted = at < 0 ? undefined : args[at].includes('=') ? args[at].slice('--tier='.length) : args[at + 1];
if (at >= 0) args.splice(at, args[at].includes('=') ? 1 : 2);
const tiers = TIERS.filter(
  ({ name }) => wanted === undefined || name === wanted || (wanted === 'e2e' && name === 'story'),
);
if (tiers.length === 0) {
  process.stderr.write(`--tier is one of ${TIERS.map(({ name }) => name).join(', ')}\n`);
  process.exit(2);
}

// Programs of tests, as that which lets the platform die at a point, are compiled with it.
await prepare({ folders: ['test'] });
const folder = mkdtempSync(join(tmpdir(), 'sunseal-tests-'));
let current;
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => current?.kill(signal));

const reports = [];
for (const tier of tiers) {
  const output = join(folder, `${tier.name}.json`);
  process.stdout.write(`\n${tier.name} tests\n`);
  const { code, signal } = await jest(tier, output);
  const report = existsSync(output) ? JSON.parse(readFileSync(output, 'utf8')) : undefined;
  reports.push({ tier: tier.name, code, report });
  if (signal) break;
}
rmSync(folder, { recursive: true, force: true });

const { lines, isGood } = summarise(reports, {
  isStrict: process.env.CI === 'true',
  nameOf: (file) => relative(ROOT, file),
});
process.stdout.write(`\n${lines.join('\n')}\n`);
process.exitCode = isGood ? 0 : 1;

/** stderr is joined to stdout, so that the summary comes last wherever both are read. */
function jest({ glob, workers }, output) {
  current = spawn(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--no-warnings',
      'node_modules/jest/bin/jest.js',
      // Options that take lists come first: they would swallow the paths that follow.
      `--testMatch=${glob}`,
      `--reporters=${join(ROOT, 'deploy/entry/test-reporter.mjs')}`,
      '--json',
      `--outputFile=${output}`,
      '--passWithNoTests',
      `--maxWorkers=${workers}`,
      ...args,
    ],
    { cwd: ROOT, stdio: ['inherit', 'ignore', 1] },
  );
  return new Promise((resolve) => current.once('exit', (code, signal) => resolve({ code, signal })));
}
