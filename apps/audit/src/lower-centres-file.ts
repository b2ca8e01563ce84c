import { z } from 'zod';
import { isWithin, regionLevel } from '#kernel';
import { type NoteVerifier, verifierFromKey } from '#ledger';

/** Centres right below one: more than any city has counties, or any county townships. */
const LOWER_CENTRES_MAX = 100;

const file = z
  .array(
    z.strictObject({
      regionCode: z.string(),
      url: z.url({ protocol: /^https?$/ }),
      verifierKeys: z.array(z.string()).min(1).max(2),
    }),
  )
  .max(LOWER_CENTRES_MAX);

export interface ConfiguredCentre {
  readonly regionCode: string;
  readonly origin: string;
  readonly url: string;
  readonly verifiers: readonly NoteVerifier[];
}

/**
 * Reads the file of lower centres: a JSON list of `{regionCode, url, verifierKeys}`. Throws an Error that names what
 * does not fit: a region that is not below the own one, two keys of different names, one ledger twice. So no centre is
 * above itself, and no two ledgers can enter each other's checkpoints without end.
 */
export function parseLowerCentres(text: string, ownRegion: string): ConfiguredCentre[] {
  const centres = file.parse(JSON.parse(text)).map(({ regionCode, url, verifierKeys }) => {
    if (regionLevel(regionCode) === undefined || regionCode === ownRegion || !isWithin(regionCode, ownRegion))
      throw new Error(`${regionCode} is no region below ${ownRegion}`);
    const verifiers = verifierKeys.map(verifierFromKey);
    const origin = verifiers[0]!.name;
    if (verifiers.some(({ name }) => name !== origin)) throw new Error(`the keys of ${url} differ in name`);
    return { regionCode, origin, url, verifiers };
  });
  const origins = centres.map(({ origin }) => origin);
  const twice = origins.find((origin, i) => origins.indexOf(origin) !== i);
  if (twice !== undefined) throw new Error(`${twice} is listed twice`);
  return centres;
}
