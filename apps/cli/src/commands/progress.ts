const WIDTH = 30;

/** A bar on one line of the terminal; silent where the error output is none. */
export class Progress {
  private shown = false;

  constructor(private readonly what: string) {}

  show(done: number, of: number): void {
    if (!process.stderr.isTTY) return;
    const filled = of === 0 ? WIDTH : Math.floor((done / of) * WIDTH);
    process.stderr.write(`\r${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${done}/${of} ${this.what} `);
    this.shown = true;
  }

  end(): void {
    if (this.shown) process.stderr.write('\n');
  }
}
