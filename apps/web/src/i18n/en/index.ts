import { problemsIn } from '../problems/index.js';
import { portal } from './portal.js';
import { stages } from './stages.js';

export const en = { portal: { ...portal, stages }, problems: problemsIn('en') } as const;
