import type { ProcedureDefaults } from '#contracts';

/** What a template asks for that says nothing else, as the contract gives it. */
export const PROCEDURE_DEFAULTS: ProcedureDefaults = {
  n: null,
  k: null,
  bodyGraceMinutes: 0,
  bidderKey: false,
  bidderKeyHours: 24,
  openingHours: 24,
  rescueHours: 48,
  archiveYears: 15,
  timestampRequired: false,
};
