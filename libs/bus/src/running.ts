/** Work under way, so that closing can wait for it. */
export class Running {
  private readonly work = new Set<Promise<unknown>>();

  track<T>(work: Promise<T>): Promise<T> {
    const settled: Promise<unknown> = work.catch(() => undefined).then(() => this.work.delete(settled));
    this.work.add(settled);
    return work;
  }

  /** Resolves when nothing runs, including work that started while waiting. Never rejects. */
  async idle(): Promise<void> {
    while (this.work.size > 0) await Promise.all(this.work);
  }
}
