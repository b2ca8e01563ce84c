import { fromUtf8 } from '#kernel';
import { BundleFault } from './bundle-fault.js';
import { sha256Hex } from '../sha256-hex.js';
import type { BundleCheck } from './bundle-check.js';
import { type BundleFolder, MANIFEST, manifestText } from './bundle-folder.js';

const LINE = /^([0-9a-f]{64}) {2}(\S.*)$/;

/** Every file is listed with its hash, every listed file is there, and the list is in its one form. */
export async function verifyFiles(folder: BundleFolder): Promise<BundleCheck> {
  const text = fromUtf8(await folder.read(MANIFEST).catch(() => missing(MANIFEST)));
  const listed = new Map<string, string>();
  for (const line of text.replace(/\n$/, '').split('\n')) {
    const found = LINE.exec(line);
    if (!found) throw new BundleFault(MANIFEST, `not a line of sha256sum: ${line.slice(0, 100)}`);
    listed.set(found[2]!, found[1]!);
  }
  if (manifestText(listed) !== text) {
    throw new BundleFault(MANIFEST, 'not in the form in which it was written');
  }
  const present = new Set((await folder.list()).filter((path) => path !== MANIFEST));
  const unlisted = [...present].find((path) => !listed.has(path));
  if (unlisted) throw new BundleFault(unlisted, 'is not in the list of hashes');
  for (const [path, hash] of listed) {
    if (!present.has(path)) missing(path);
    if (sha256Hex(await folder.read(path), folder.sha256) !== hash) {
      throw new BundleFault(path, 'does not have the hash that the list gives');
    }
  }
  const line = `${listed.size} files have the hashes that ${MANIFEST} lists`;
  return { step: 'files', outcome: 'listed', facts: { files: listed.size }, line };
}

function missing(path: string): never {
  throw new BundleFault(path, 'is missing');
}
