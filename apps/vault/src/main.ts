import { runService } from '#service';
import { vaultService } from './vault.module.js';

await runService(vaultService);
