import { handOver } from './hand-over.mjs';
import { prepare } from './prepare.mjs';

prepare();
handOver(['deploy/check/check.mjs']);
