import type { Reads } from '../contract.js';
import type { Actor } from './envelope.js';

/** A draft, and a question before it is answered, is the own of its buyer and committee; a supervisor looks into it. */
export const draftReading = (isPublished: boolean, actor: Actor | null): Reads => {
  if (isPublished) return 'public';
  return actor?.roles.includes('supervisor') ? 'confidential' : 'own';
};
