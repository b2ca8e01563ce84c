import type { PlatformReader } from '#verify';
import { addressOf, call, request } from './call.js';

/** How this browser reaches the platform, for the checks of `#verify`; also in a worker. */
export function platformReader({
  onLedgerFile,
}: {
  /** Called for each file of the ledger that was read. */
  readonly onLedgerFile?: () => void;
} = {}): PlatformReader {
  const bytesOf = async (path: string): Promise<Uint8Array> =>
    new Uint8Array(await (await request(path)).arrayBuffer());
  return {
    query: (name, input) => call(name, input),
    queryFile: (name, input) => bytesOf(addressOf(name, input)),
    readLedgerFile: async (path) => {
      const bytes = await bytesOf(`/ledger/${path}`);
      onLedgerFile?.();
      return bytes;
    },
    time: async () =>
      (await (await request('/api/v1/time')).json()) as Awaited<ReturnType<PlatformReader['time']>>,
  };
}
