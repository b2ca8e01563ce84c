import { problemsIn } from '../problems/index.js';
import { bidder } from './bidder.js';
import { portal } from './portal.js';
import { stages } from './stages.js';

export const zh = { portal: { ...portal, ...bidder, stages }, problems: problemsIn('zh') } as const;
