// npm run demo: plays a whole tender on a platform of its own.
import { handOver } from './hand-over.mjs';
import { prepare } from './prepare.mjs';

await prepare();
await handOver('apps/cli/src/main.js', ['demo', ...process.argv.slice(2)]);
