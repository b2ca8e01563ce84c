import { contentKey, DomainError } from '#kernel';
import type { ObjectStore } from '#storage';

/** Well below the time in which the bus wants an answer. */
const KEPT_WITHIN_MS = 6_000;

export interface BodyToKeep {
  readonly sha256: string;
  readonly size: number;
}

/**
 * Brings bodies from quarantine to where envelopes are kept. On files that is a second name; a store that really copies
 * may take minutes for two gigabytes. One copy of a body at a time in this process, and nobody waits for it long: who
 * asks again meets the same copy, or finds it done.
 */
export class BodyKeeper {
  private readonly running = new Map<string, Promise<void>>();

  constructor(
    private readonly store: ObjectStore,
    private readonly withinMs = KEPT_WITHIN_MS,
  ) {}

  /**
   * When it resolves the body is durable under its key. Throws `envelope.being-kept` where that takes longer: the work
   * goes on; `bid.body-missing`; what the store throws.
   */
  async keep(body: BodyToKeep): Promise<void> {
    const { sha256 } = body;
    const running = this.running.get(sha256) ?? this.begin(body);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(beingKept(sha256)), this.withinMs);
    });
    try {
      await Promise.race([running, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  private begin(body: BodyToKeep): Promise<void> {
    const running = this.copy(body).finally(() => this.running.delete(body.sha256));
    running.catch(() => undefined);
    this.running.set(body.sha256, running);
    return running;
  }

  /** A content-addressed copy: the same body twice is one object. */
  private async copy({ sha256, size }: BodyToKeep): Promise<void> {
    const kept = contentKey('envelopes', sha256);
    if ((await this.store.head(kept))?.size === size) return;
    const waiting = contentKey('quarantine', sha256);
    if ((await this.store.head(waiting))?.size !== size) {
      throw new DomainError('bid.body-missing', 'The envelope’s body was not sent.', { sha256 });
    }
    await this.store.copy(waiting, kept, { expect: { sha256, size } });
  }
}

const beingKept = (sha256: string): DomainError =>
  new DomainError('envelope.being-kept', 'The whole body has come and is being stored; ask again.', {
    sha256,
  });
