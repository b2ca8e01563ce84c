import type { Requests } from '#service';
import type { ObjectStore } from '#storage';
import type { KeptReports } from '../reports/kept-reports.js';
import type { Bills } from './bills.port.js';
import type { Evaluations } from './evaluations.port.js';

/** What the use cases of this service reach beyond themselves. */
export abstract class EvaluationPorts {
  abstract readonly evaluations: Evaluations;
  abstract readonly bills: Bills;
  abstract readonly reports: KeptReports;
  abstract readonly store: ObjectStore;
  abstract readonly requests: Requests;
}
