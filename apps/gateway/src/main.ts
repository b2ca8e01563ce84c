import { runService } from '#service';
import { gatewayService } from './gateway.module.js';

await runService(gatewayService);
