import { runService } from '#service';
import { registrationService } from './registration.module.js';

await runService(registrationService);
