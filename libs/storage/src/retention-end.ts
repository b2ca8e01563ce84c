import { type Instant, instantFromMs, instantToMs } from '#kernel';

const SECOND_MS = 1000;

/** The end of a retention as stores keep it: whole seconds, rounded up, so that nothing ends too early. */
export const retentionEnd = (until: Instant): Instant =>
  instantFromMs(Math.ceil(instantToMs(until) / SECOND_MS) * SECOND_MS);

/** By this machine's clock: a store that enforces goes by its own. */
export const isOver = (until: Instant): boolean => instantToMs(until) <= Date.now();
