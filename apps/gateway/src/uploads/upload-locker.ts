import type { Lock, Locker } from '@tus/server';
import { DomainError } from '#kernel';
import type { UploadErrorCode } from '#contracts';

interface Holder {
  askToEnd(): void;
}

interface Waiting extends Holder {
  enter(): void;
}

const WAIT_MS = 20_000;

/**
 * One request to an upload at a time within this process, in the order in which they came. Who waits asks the one
 * before to end: the bytes of a connection that died unseen are kept before the next request looks. Between processes
 * the conditional updates of {@link UploadRows} decide.
 */
export class UploadLocker implements Locker {
  private readonly lines = new Map<string, { holder: Holder; waiting: Waiting[] }>();

  constructor(private readonly waitMs = WAIT_MS) {}

  newLock(id: string): Lock {
    return {
      lock: (_signal, askToEnd) => this.enter(id, () => void askToEnd()),
      unlock: async () => this.leave(id),
    };
  }

  /** Throws `upload.busy` when the one before does not end in time. */
  private enter(id: string, askToEnd: () => void): Promise<void> {
    const line = this.lines.get(id);
    if (!line) {
      this.lines.set(id, { holder: { askToEnd }, waiting: [] });
      return Promise.resolve();
    }
    line.holder.askToEnd();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        line.waiting = line.waiting.filter((other) => other !== waiting);
        reject(busy());
      }, this.waitMs);
      const enter = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const waiting = { askToEnd, enter };
      line.waiting.push(waiting);
    });
  }

  private leave(id: string): void {
    const line = this.lines.get(id);
    const next = line?.waiting.shift();
    if (!line || !next) {
      this.lines.delete(id);
      return;
    }
    line.holder = next;
    next.enter();
    if (line.waiting.length > 0) next.askToEnd();
  }
}

const busy = () =>
  new DomainError<UploadErrorCode>('upload.busy', 'Another request to this upload is under way; try again.');
