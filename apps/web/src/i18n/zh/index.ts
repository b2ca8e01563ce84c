import { portal } from './portal.js';
import { problems } from './problems.js';
import { stages } from './stages.js';

export const zh = { portal: { ...portal, stages }, problems } as const;
