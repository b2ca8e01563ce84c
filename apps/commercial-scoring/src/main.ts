import { runService } from '#service';
import { commercialScoringService } from './commercial-scoring.module.js';

await runService(commercialScoringService);
