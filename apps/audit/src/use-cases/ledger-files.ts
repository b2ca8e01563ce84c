import type { ReadFile, ReadTile } from '#ledger';
import type { ObjectStore } from '#storage';

const PREFIX = 'ledger/';

/** Name in the store of a file of the ledger. */
export const ledgerKey = (path: string): string => PREFIX + path;

export const readLedgerFile =
  (store: ObjectStore): ReadFile =>
  (path) =>
    store.read(ledgerKey(path));

/** As {@link readLedgerFile}; undefined where there is no such file. */
export const findLedgerFile =
  (store: ObjectStore): ReadTile =>
  async (path) =>
    (await store.head(ledgerKey(path))) ? store.read(ledgerKey(path)) : undefined;
