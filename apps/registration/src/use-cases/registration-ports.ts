import type { Authority } from './certificates.js';
import type { Register } from './register.port.js';

/** What the use cases of this service reach beyond themselves. */
export abstract class RegistrationPorts {
  abstract readonly register: Register;
  abstract readonly authority: Authority;
  /** What the centre serves. */
  abstract readonly regionCode: string;
}
