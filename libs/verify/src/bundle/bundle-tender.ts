/** `tender.json` of a bundle. */
export interface BundleTender {
  readonly tid: string;
  readonly descriptor: Readonly<Record<string, unknown>>;
  readonly notice: Readonly<Record<string, unknown>> & {
    readonly tenderId: string;
    readonly method: unknown;
    readonly ceilingPrice: string;
  };
  readonly clarifications: readonly {
    readonly questionId: string;
    readonly question: string;
    readonly answer: string | null;
  }[];
}
