import { problemsIn } from '../problems/index.js';
import { bidder } from './bidder.js';
import { buyer } from './buyer.js';
import { opening } from './opening.js';
import { portal } from './portal.js';
import { prices } from './prices.js';
import { staff } from './staff.js';
import { stages } from './stages.js';
import { supervision } from './supervision.js';
import { verify } from './verify.js';

export const zh = {
  portal: {
    ...portal,
    ...bidder,
    ...buyer,
    ...opening,
    ...prices,
    ...staff,
    ...supervision,
    ...verify,
    stages,
  },
  problems: problemsIn('zh'),
} as const;
