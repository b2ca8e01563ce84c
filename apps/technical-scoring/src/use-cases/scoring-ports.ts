import type { Requests } from '#service';
import type { Scorings } from './scorings.port.js';

/** What the use cases of this service reach beyond themselves. */
export abstract class ScoringPorts {
  abstract readonly scorings: Scorings;
  abstract readonly requests: Requests;
  /** The certificate authority that experts' signatures must lead to. */
  abstract readonly authorityPem: string;
}
