import type { Stage } from '#contracts';

/** The way of a tender in order; side states stand on it nowhere. */
const WAY: readonly Stage[] = [
  'draft',
  'published',
  'closed',
  'technical-opened',
  'scores-locked',
  'commercial-opened',
  'ranked',
  'standstill',
  'awarded',
];

/** Whether a tender stands at a stage or beyond it. One that failed or was cancelled has reached what it had: unknown. */
export function hasReached(stage: Stage, wanted: Stage): boolean {
  const at = WAY.indexOf(stage);
  return at < 0 || at >= WAY.indexOf(wanted);
}

export const WAY_SHOWN = WAY.slice(1);
