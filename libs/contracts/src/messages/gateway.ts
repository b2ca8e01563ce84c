import { z } from 'zod';
import { event } from '../contract.js';
import { sha256Hex } from './envelope.js';

export const documentKept = event('gateway', 'document-kept', {
  summary: 'A buyer sent a document; it is kept under its hash',
  data: z.object({ sha256: sha256Hex, size: z.number().int().positive() }),
});
