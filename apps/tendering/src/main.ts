import { runService } from '#service';
import { tenderingService } from './tendering.module.js';

await runService(tenderingService);
