/** One word after `sunseal`. */
export interface Command {
  readonly summary: string;
  readonly help: string;
  /** Returns the exit code. */
  run(args: readonly string[]): Promise<number>;
}

export const out = (text: string): void => {
  process.stdout.write(`${text}\n`);
};
