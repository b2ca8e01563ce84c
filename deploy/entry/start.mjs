// npm start: the whole platform on this machine, in one process.
import { handOver } from './hand-over.mjs';
import { prepare } from './prepare.mjs';

await prepare();
await handOver('apps/standalone/src/main.js', process.argv.slice(2));
