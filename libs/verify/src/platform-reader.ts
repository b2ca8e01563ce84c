import type { z } from 'zod';
import type * as contracts from '#contracts';
import type { Instant } from '#kernel';
import type { Sha256 } from '#ledger';

type Contracts = typeof contracts;

/** The names under which `#contracts` exports requests that change nothing. */
export type QueryName = {
  [Name in keyof Contracts]: Contracts[Name] extends contracts.RequestContract ? Name : never;
}[keyof Contracts];
type ContractOf<Name extends QueryName> = Contracts[Name] & contracts.RequestContract;
export type QueryInput<Name extends QueryName> = z.input<ContractOf<Name>['request']>;
export type QueryAnswer<Name extends QueryName> = contracts.ResponseOf<ContractOf<Name>>;

/**
 * How a program reaches the public queries of a platform; a browser and the command line each have their own. What it
 * gives is believed only as far as signatures and hashes prove it. Refusals are thrown with the platform's `code`.
 */
export interface PlatformReader {
  query<Name extends QueryName>(name: Name, input: QueryInput<Name>): Promise<QueryAnswer<Name>>;
  /** As `query`, where the answer is a file. */
  queryFile<Name extends QueryName>(name: Name, input: QueryInput<Name>): Promise<Uint8Array>;
  /** A file of the ledger by its path under `/ledger/`, as `checkpoint` or `tile/0/000`. */
  readLedgerFile(path: string): Promise<Uint8Array>;
  /** The platform's time, and how many times faster than real time it runs. */
  time(): Promise<{ readonly now: Instant; readonly factor: number }>;
  /** A fast hash, where the program has one. */
  readonly sha256?: Sha256;
}
