import type { listLowerCentres, ResponseOf } from '#contracts';
import type { LowerCentre, LowerCentres } from './lower-centre.js';

/** Every centre that is followed, in the order of the settings. */
export async function readLowerCentres(
  rows: LowerCentres,
  centres: readonly LowerCentre[],
): Promise<ResponseOf<typeof listLowerCentres>> {
  const faults = await rows.faults();
  const items = await Promise.all(
    centres.map(async ({ regionCode, origin, url }) => {
      const head = await rows.head(origin);
      const fault = faults.get(origin) ?? null;
      return { regionCode, origin, url, size: head?.size ?? null, root: head?.root ?? null, fault };
    }),
  );
  return { items };
}
