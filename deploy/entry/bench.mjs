// npm run bench: the measurements of test/bench; an argument names one of them.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { handOver } from './hand-over.mjs';
import { prepare, ROOT } from './prepare.mjs';

if (!existsSync(join(ROOT, 'test/bench/main.ts'))) {
  process.stderr.write('there is no test/bench/main.ts\n');
  process.exit(1);
}
await prepare({ folders: ['test'] });
await handOver('test/bench/main.js', process.argv.slice(2));
