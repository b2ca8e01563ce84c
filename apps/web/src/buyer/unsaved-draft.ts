import { keep, readKept } from '../storage/kept.js';
import type { DraftForm } from './draft-form.js';

const nameOf = (personId: string, tenderId: string): string => `draft ${personId} ${tenderId}`;

/** What was typed and not saved yet: nothing the platform takes before it is whole, so it waits in this browser. */
export const readUnsaved = (personId: string, tenderId: string): Promise<DraftForm | null | undefined> =>
  readKept<DraftForm | null>(nameOf(personId, tenderId));

export const keepUnsaved = (personId: string, tenderId: string, form: DraftForm): Promise<void> =>
  keep(nameOf(personId, tenderId), form);

/** Once it is saved, nothing of it stays here. */
export const forgetUnsaved = (personId: string, tenderId: string): Promise<void> =>
  keep(nameOf(personId, tenderId), null);
