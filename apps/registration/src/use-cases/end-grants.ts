import type { Call } from '#service';
import type { Register } from './register.port.js';

/** Ends that one transaction enters. */
export const GRANT_ENDS_PER_RUN_MAX = 200;

/** Enters the end of each grant that has passed by the database's clock, once. Returns how many. */
export async function endGrants(people: Register, call: Call): Promise<number> {
  for (let ended = 0; ;) {
    const found = await people.transact(call, async (tx) => {
      const grants = await tx.takeEndedGrants(GRANT_ENDS_PER_RUN_MAX);
      for (const grant of grants) await tx.tell({ type: 'grant-ended', data: { ...grant } });
      return grants.length;
    });
    ended += found;
    if (found < GRANT_ENDS_PER_RUN_MAX) return ended;
  }
}
