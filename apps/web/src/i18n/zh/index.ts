import { problemsIn } from '../problems/index.js';
import { portal } from './portal.js';
import { stages } from './stages.js';

export const zh = { portal: { ...portal, stages }, problems: problemsIn('zh') } as const;
