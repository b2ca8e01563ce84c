/** npm run format: writes every file as prettier lays it out. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { prepare, ROOT as root } from '../entry/prepare.mjs';

await prepare({ build: false });
const prettier = join(root, 'node_modules/prettier/bin/prettier.cjs');
const args = [prettier, '--write', '--log-level', 'warn', '.'];
process.exit(spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1);
