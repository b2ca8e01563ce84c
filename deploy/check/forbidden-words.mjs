/** Words that pure code must not say: a clock, chance, floats, the environment. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT as root } from '../entry/prepare.mjs';

const PURE = /^(?:libs\/(?:kernel|sealing|ledger|evaluation)\/src|apps\/[a-z-]+\/src\/domain)\//;
const TEST = /\.(?:spec|int-spec|contract)\.ts$/;
const RULES = [
  { words: /\bDate\.now\b/, where: PURE, reason: 'the time is passed in' },
  {
    words: /\bnew Date\(/,
    where: PURE,
    except: /^libs\/kernel\/src\/instant\.ts$/,
    reason: 'instants are text',
  },
  { words: /\bMath\.random\b/, where: /./, reason: 'chance is drawn from a generator made for it' },
  { words: /\bparseFloat\b/, where: /./, reason: 'money and scores are exact' },
  {
    words: /\bNumber\(/,
    where: PURE,
    except: /^libs\/sealing\/src\/group\.ts$|^libs\/evaluation\/src\/draws\//,
    reason: 'money and scores are exact (a byte of a scalar is not money, nor are places in a draw)',
  },
  {
    words: /\bprocess\.env\b/,
    where: /^(?:apps|libs)\//,
    except:
      /^libs\/service\/src\/run-service\.ts$|^apps\/standalone\/src\/(?:start-distributed|engines)\.ts$/,
    reason: 'settings are read once, in the service library',
  },
];

let faults = 0;
for (const folder of ['apps', 'libs']) {
  for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
    const path = relative(root, join(entry.parentPath ?? entry.path, entry.name)).replaceAll('\\', '/');
    if (!entry.isFile() || !path.endsWith('.ts') || TEST.test(path)) continue;
    for (const [at, line] of readFileSync(join(root, path), 'utf8').split('\n').entries()) {
      if (/^\s*(?:\*|\/\/|\/\*)/.test(line)) continue;
      for (const { words, where, except, reason } of RULES) {
        if (!where.test(path) || except?.test(path) || !words.test(line)) continue;
        faults += 1;
        process.stdout.write(`${path}:${at + 1}: ${words.source}: ${reason}\n`);
      }
    }
  }
}
process.exit(faults > 0 ? 1 : 0);
