import { type Instant, instantFromMs } from '#kernel';
import { getDescriptor } from '#contracts';
import type { TenderDescriptor } from '#sealing';
import type { ApiClient } from '../../client/api-client.js';

/** What `parseArgs` gives for the options of `sunseal bid`. */
export type BidValues = Readonly<Record<string, string | string[] | undefined>>;

/** Options of one value each. */
export const single = (values: BidValues): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => !Array.isArray(value))) as Record<
    string,
    string
  >;

export const wallClock = (): Instant => instantFromMs(Date.now());

export async function descriptorOf(api: ApiClient, tenderId: string): Promise<TenderDescriptor> {
  const { descriptor } = await api.call(getDescriptor, { tenderId });
  return descriptor as unknown as TenderDescriptor;
}
