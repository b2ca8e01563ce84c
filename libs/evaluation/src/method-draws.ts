import { z } from 'zod';
import { decimal, identifier, positive } from './method-parts.js';

/** What a number is drawn among: a list, or the steps from one number to another, both included. */
const drawn = z.union([
  z.strictObject({ name: identifier, among: z.array(decimal).min(1).max(1_000) }),
  z.strictObject({ name: identifier, from: decimal, to: decimal, step: positive }),
]);
export type DrawnNumber = z.infer<typeof drawn>;

export const drawsSchema = z.array(drawn).min(1).max(20);
