/** Milliseconds from each fault to the first act that was acknowledged after it. */
export class RecoveryTimes {
  private readonly waits: number[] = [];

  add(ms: number): void {
    this.waits.push(ms);
  }

  /** Median and worst in seconds, in words. */
  toString(): string {
    if (this.waits.length === 0) return 'recovery not measured';
    const sorted = this.waits.toSorted((a, b) => a - b);
    const seconds = (at: number): string => (sorted[at]! / 1_000).toFixed(2);
    return `recovery median ${seconds(Math.floor(sorted.length / 2))} s, worst ${seconds(sorted.length - 1)} s`;
  }
}
