/** `tender.json` of a bundle. */
export interface BundleTender {
  readonly tid: string;
  readonly descriptor: Readonly<Record<string, unknown>>;
  readonly notice: { readonly tenderId: string; readonly method: unknown; readonly ceilingPrice: string };
}
