/**
 * The points to die at: every other one, so that all tests end in good time; `SUNSEAL_FAULTS=all` takes them all, which
 * is to be run when a path through intake or opening has changed.
 */
export const chosenPoints = (points: readonly string[]): string[] =>
  process.env['SUNSEAL_FAULTS'] === 'all' ? [...points] : points.filter((_, at) => at % 2 === 0);
