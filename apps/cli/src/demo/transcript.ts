/** The demo's short text for people: one line an act, with a bar that shows how far it is. */
export class Transcript {
  private done = 0;

  constructor(
    private readonly acts: number,
    private readonly write: (text: string) => void,
    private readonly isTerminal: boolean,
  ) {}

  heading(text: string): void {
    this.write(`\n${text}\n`);
  }

  /** One act of the play has happened. */
  act(text: string): void {
    this.done = Math.min(this.done + 1, this.acts);
    this.write(`  ${this.bar()} ${text}\n`);
  }

  note(text: string): void {
    this.write(`          ${text}\n`);
  }

  /** While something takes its time: redrawn on a terminal, left out of a file. */
  waiting(text: string): void {
    if (this.isTerminal) this.write(`\r          ${text}\u001b[K`);
  }

  waited(): void {
    if (this.isTerminal) this.write('\r\u001b[K');
  }

  private bar(): string {
    return `[${String(Math.round((this.done / this.acts) * 100)).padStart(3)} %]`;
  }
}
