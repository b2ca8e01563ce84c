import { runService } from '#service';
import { technicalScoringService } from './technical-scoring.module.js';

await runService(technicalScoringService);
