import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The built portal as it lies on this machine. */
export interface PortalBuild {
  /** SHA-256 over {@link portalList}: whoever has the files computes the same. */
  readonly sha256: string;
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
}

/** Path and hash of every file, sorted by path, as `sha256sum` writes them: `<hash>  <path>` and a line feed each. */
export const portalList = (files: PortalBuild['files']): string =>
  files.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join('');

/**
 * What the portal consists of; null where it was not built. The one page counts as it was built, before each answer puts
 * its nonce in; gzipped copies do not count. As a shell computes it:
 * `find * -type f ! -name '*.gz' | LC_ALL=C sort | xargs sha256sum | sha256sum`.
 */
export function readPortalBuild(folder: string): PortalBuild | null {
  if (!existsSync(join(folder, 'index.html'))) return null;
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.gz'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({
      path: relative(folder, file).replaceAll('\\', '/'),
      sha256: sha256Of(readFileSync(file)),
    }))
    .toSorted((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
  return { sha256: sha256Of(portalList(files)), files };
}

const sha256Of = (content: Buffer | string): string => createHash('sha256').update(content).digest('hex');
