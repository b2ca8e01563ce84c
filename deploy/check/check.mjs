/** Format, lint, import rules, unused code, types, forbidden words: all at once, and only what is wrong is printed. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { prepare, ROOT as root } from '../entry/prepare.mjs';

const bin = (path) => join(root, 'node_modules', path);
const CHECKS = {
  format: [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '--cache', '.'],
  lint: [bin('oxlint/bin/oxlint'), '--deny-warnings', 'apps', 'libs', 'test', 'deploy'],
  imports: [
    bin('dependency-cruiser/bin/dependency-cruise.mjs'),
    '--config',
    '.dependency-cruiser.cjs',
    'apps',
    'libs',
    'test',
  ],
  unused: [bin('knip/bin/knip.js'), '--no-progress'],
  types: [bin('typescript/bin/tsc'), '-p', 'tsconfig.json'],
  'portal types': [bin('typescript/bin/tsc'), '-p', 'apps/web/tsconfig.json'],
  words: ['deploy/check/forbidden-words.mjs'],
};

function run(name, args) {
  const startedAt = Date.now();
  return new Promise((done) => {
    let said = '';
    const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, FORCE_COLOR: '0' } });
    child.stdout.on('data', (chunk) => (said += chunk));
    child.stderr.on('data', (chunk) => (said += chunk));
    child.once('exit', (code) => done({ name, code, said, seconds: (Date.now() - startedAt) / 1000 }));
  });
}

await prepare();
const startedAt = Date.now();
const results = await Promise.all(Object.entries(CHECKS).map(([name, args]) => run(name, args)));
for (const { name, code, said } of results) if (code !== 0) process.stdout.write(`\n── ${name}\n${said}\n`);
const line = results
  .map(({ name, code, seconds }) => `${name} ${code === 0 ? '✓' : '✗'} ${seconds.toFixed(1)} s`)
  .join(' · ');
process.stdout.write(`${line} · together ${((Date.now() - startedAt) / 1000).toFixed(1)} s\n`);
process.exit(results.some(({ code }) => code !== 0) ? 1 : 0);
