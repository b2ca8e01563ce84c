import type { Instant } from '#kernel';
import type { PlatformReader } from '#verify';
import { addressOf, call, request } from '../api/call.js';

const bytesAt = async (path: string): Promise<Uint8Array> =>
  new Uint8Array(await (await request(path)).arrayBuffer());

/** The platform's public queries as a browser asks them; throws `Problem`. */
export const browserReader: PlatformReader = {
  query: (name, input) => call(name, input),
  queryFile: (name, input) => bytesAt(addressOf(name, input as Readonly<Record<string, unknown>>)),
  readLedgerFile: (path) => bytesAt(`/ledger/${path}`),
  time: async () =>
    (await (await request('/api/v1/time')).json()) as { readonly now: Instant; readonly factor: number },
};
