import type { ObjectStore } from '#storage';
import type { Evaluations } from './evaluations.port.js';

/** What the use cases of this service reach beyond themselves. */
export abstract class EvaluationPorts {
  abstract readonly evaluations: Evaluations;
  abstract readonly store: ObjectStore;
}
