import { Problem } from '../api/problem.js';
import type { OpeningOrder, OpeningStep, OpeningWord, VerifiedOpening } from './opening-order.js';

/** Has everything verified in a worker. Throws what the checks refuse with: no share was given then. */
export function verifyOpening(
  order: OpeningOrder,
  onStep: (step: OpeningStep) => void,
): Promise<VerifiedOpening> {
  const worker = new Worker(new URL('./verify-opening.worker.ts', import.meta.url), { type: 'module' });
  const ended = new Promise<VerifiedOpening>((resolve, reject) => {
    worker.addEventListener('error', (event) => reject(new Error(event.message)));
    worker.addEventListener('message', ({ data }: MessageEvent<OpeningWord>) => {
      if (data.type === 'step') onStep(data.step);
      else if (data.type === 'verified') resolve(data.opening);
      else if (data.code === null) reject(new Error(data.message));
      else reject(new Problem(data.code, data.message, 422, false, null, {}));
    });
    worker.postMessage(order);
  });
  return ended.finally(() => worker.terminate());
}
