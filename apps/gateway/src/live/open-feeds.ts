import { DomainError } from '#kernel';
import { LIMITS } from '#contracts';

/** Counts the feeds that are open here, so that none can take all connections. */
export class OpenFeeds {
  private readonly ofPerson = new Map<string, number>();
  private all = 0;

  /** Returns how to let it go, which may be called again without effect. Throws `feed.too-many`. */
  open(personId: string): () => void {
    const own = this.ofPerson.get(personId) ?? 0;
    if (own >= LIMITS.feedsOfPersonMax || this.all >= LIMITS.feedsMax) {
      throw new DomainError(
        'feed.too-many',
        `At most ${LIMITS.feedsOfPersonMax} feeds of one person are open at a time.`,
      );
    }
    this.ofPerson.set(personId, own + 1);
    this.all += 1;
    let isOpen = true;
    return () => {
      if (!isOpen) return;
      isOpen = false;
      this.all -= 1;
      const left = this.ofPerson.get(personId)! - 1;
      if (left === 0) this.ofPerson.delete(personId);
      else this.ofPerson.set(personId, left);
    };
  }
}
