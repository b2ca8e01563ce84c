import type { Procedure } from '#contracts';
import type { TenderDescriptor } from '#sealing';

/** What of the procedure bidders, trustees and the vault go by; so no copy of it beside the descriptor counts. */
export function descriptorRules(procedure: Procedure): TenderDescriptor['rules'] {
  const { bidsMin, bodyGraceMinutes, bidderKey, bidderKeyHours } = procedure;
  const { openingHours, rescueHours, archiveYears, timestampRequired } = procedure;
  return {
    procedure: procedure.id,
    bidsMin,
    bodyGraceMinutes,
    bidderKey,
    ...(bidderKey ? { bidderKeyHours } : {}),
    openingHours,
    rescueHours,
    archiveYears,
    timestampRequired,
  };
}
