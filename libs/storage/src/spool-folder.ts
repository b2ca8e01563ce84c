import { lstatSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Where bodies wait that are measured before they are sent: a folder of this user in the system's temporary folder,
 * into which everyone may write. Throws an Error where the name was taken by another user, who could read along.
 */
export function ownSpoolFolder(): string {
  const uid = process.getuid?.();
  const folder = join(tmpdir(), `sunseal-spool-${uid ?? 'files'}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder);
  if (!found.isDirectory() || (uid !== undefined && found.uid !== uid)) {
    throw new Error(`${folder} is not a folder of this user`);
  }
  return folder;
}
