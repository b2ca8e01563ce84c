import type { Sha256 } from '#ledger';

/** The list of all other files of a bundle with their hashes, in the format of `sha256sum`. */
export const MANIFEST = 'MANIFEST.sha256';

/** A bundle as its checks read it: a folder on a disk, or what a browser gathered. */
export interface BundleFolder {
  /** Paths of all files, with `/`, sorted. */
  list(): Promise<readonly string[]>;
  /** Throws where there is no such file. */
  read(path: string): Promise<Uint8Array>;
  /** A fast hash, where the program has one. */
  readonly sha256?: Sha256;
}

/** Where the files of a bundle are put. */
export interface BundleSink {
  add(path: string, content: Uint8Array | string): Promise<void>;
  /** A file that may be large: a sink may fetch it later, or each time that it is read. */
  addLarge(path: string, fetch: () => Promise<Uint8Array>): Promise<void>;
}

/** Text of {@link MANIFEST} for files by path → SHA-256 in hex. */
export const manifestText = (hashes: ReadonlyMap<string, string>): string =>
  [...hashes]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, hash]) => `${hash}  ${path}\n`)
    .join('');
