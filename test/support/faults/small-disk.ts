import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const BLOCK = 4096;

const mount = (folder: string, megabytes: number): void =>
  void execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'none', folder], {
    stdio: 'ignore',
  });

/** Whether this user may mount a disk. */
export function canMountDisk(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const probe = mkdtempSync(join(tmpdir(), 'sunseal-disk-'));
  try {
    mount(probe, 1);
    execFileSync('umount', [probe]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(probe, { recursive: true, force: true });
  }
}

/** A disk of its own in memory, that a test fills up and clears. */
export class SmallDisk {
  private folder: string | undefined;

  constructor(private readonly megabytes: number) {}

  /** Puts what lies in a folder on the disk, and the disk in its place. Nobody may be using it. */
  moveIn(folder: string): void {
    const before = `${folder}.before`;
    renameSync(folder, before);
    mkdirSync(folder);
    mount(folder, this.megabytes);
    this.folder = folder;
    const copy = 'tar -C "$0" -cf - . | tar -C "$1" -xpf - && rm -r "$0"';
    execFileSync('sh', ['-c', copy, before, folder]);
  }

  /** Takes every byte that is left. */
  fill(): void {
    const file = openSync(this.ballast, 'a');
    try {
      for (;;) writeSync(file, Buffer.alloc(BLOCK, 1));
    } catch (error) {
      if ((error as { code?: string }).code !== 'ENOSPC') throw error;
    } finally {
      closeSync(file);
    }
  }

  clear(): void {
    rmSync(this.ballast, { force: true });
  }

  /** Takes the disk away, with what lies on it. Nobody may be using it. */
  remove(): void {
    if (this.folder !== undefined) execFileSync('umount', [this.folder]);
    this.folder = undefined;
  }

  private get ballast(): string {
    return join(this.folder!, 'ballast');
  }
}
