import { Unread } from '../unread.js';

/** Something in a bundle that does not hold, with the file in which it shows. */
export class BundleFault extends Error {
  constructor(
    readonly file: string,
    message: string,
  ) {
    super(`${file}: ${message}`);
    this.name = 'BundleFault';
  }
}

/** Runs a check whose failure is a fault of this file, unless something could not be read. */
export async function inFile<T>(file: string, check: () => T | Promise<T>): Promise<T> {
  try {
    return await check();
  } catch (error) {
    if (error instanceof BundleFault || error instanceof Unread) throw error;
    throw new BundleFault(file, error instanceof Error ? error.message : String(error));
  }
}
