import { DomainError, isDomainError } from '#kernel';
import type { ObjectStore } from '#storage';
import { type ReportSheet, workbookStream } from './workbook-stream.js';

/** How long a request waits for a report that is being made; it is then kept for the next. */
const WAIT_MS = 4_000;
/** Made at once in this process. */
const UNDER_WAY_MAX = 4;
const BYTES_MAX = 256 * 1024 * 1024;

const notYet = (): never => {
  throw new DomainError('report.not-yet', 'The report is being made; ask again in a few seconds.');
};

/** Reports in the store, each made once and streamed there, under a name that says what it was made from. */
export class KeptReports {
  private readonly underWay = new Map<string, Promise<void>>();

  constructor(private readonly store: ObjectStore) {}

  /**
   * Resolves when the report stands under the key. Throws `report.not-yet` while it is being made for longer than a
   * request may wait, and what making it throws.
   */
  async keep(key: string, make: () => Promise<readonly ReportSheet[]>): Promise<void> {
    if (await this.store.head(key)) return;
    const making = this.underWay.get(key) ?? this.begin(key, make);
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<'over'>((resolve) => {
      timer = setTimeout(() => resolve('over'), WAIT_MS);
    });
    try {
      if ((await Promise.race([making, patience])) === 'over') notYet();
    } finally {
      clearTimeout(timer);
    }
  }

  private begin(key: string, make: () => Promise<readonly ReportSheet[]>): Promise<void> {
    if (this.underWay.size >= UNDER_WAY_MAX) notYet();
    const making = this.write(key, make).finally(() => this.underWay.delete(key));
    // Whoever waited is told; after that the next request makes it anew.
    making.catch(() => {});
    this.underWay.set(key, making);
    return making;
  }

  private async write(key: string, make: () => Promise<readonly ReportSheet[]>): Promise<void> {
    try {
      await this.store.put(key, workbookStream(await make()), { bytesMax: BYTES_MAX });
    } catch (error) {
      // Another instance was faster; both were made from the same.
      if (!isDomainError(error) || error.code !== 'object.exists') throw error;
    }
  }
}
