/** Sealed envelopes wait in the browser's own file system until the platform has them: a reload loses nothing. */
const FOLDER = 'sealed';

async function folder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(FOLDER, { create: true });
}

export const sealedName = (tenderId: string, seq: number, envelopeId: string): string =>
  `${tenderId} ${seq} ${envelopeId}.age`;

/** What workers alone may do with a file; the types of pages leave it out. */
interface FileInWorker extends FileSystemFileHandle {
  createSyncAccessHandle(): Promise<{
    truncate(size: number): void;
    write(bytes: Uint8Array, options: { readonly at: number }): number;
    flush(): void;
    close(): void;
  }>;
}

export interface SealedWriter {
  write(chunk: Uint8Array): void;
  close(): void;
}

/** A new file, in a worker: written in order, durable once it is closed. */
export async function createSealed(name: string): Promise<SealedWriter> {
  const file = await (await folder()).getFileHandle(name, { create: true });
  const handle = await (file as FileInWorker).createSyncAccessHandle();
  handle.truncate(0);
  let at = 0;
  return {
    write: (chunk) => {
      at += handle.write(chunk, { at });
    },
    close: () => {
      handle.flush();
      handle.close();
    },
  };
}

export async function readSealed(name: string): Promise<File | undefined> {
  try {
    return await (await (await folder()).getFileHandle(name)).getFile();
  } catch {
    return undefined;
  }
}

export async function removeSealed(name: string): Promise<void> {
  await (await folder()).removeEntry(name).catch(() => undefined);
}
