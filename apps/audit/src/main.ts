import { runService } from '#service';
import { auditService } from './audit.module.js';

await runService(auditService);
