/** What is checked of a bundle, in this order. */
export const BUNDLE_STEPS = [
  'files',
  'ledger',
  'publications',
  'receipts',
  'acts',
  'close',
  'openings',
  'signatures',
  'evaluation',
] as const;

export type BundleStep = (typeof BUNDLE_STEPS)[number];

/** One thing that was checked and holds. */
export interface BundleCheck {
  readonly step: BundleStep;
  /** Which of the ways to hold it was: a program that speaks another language chooses its sentence by it. */
  readonly outcome: string;
  readonly facts: Readonly<Record<string, string | number>>;
  /** The same as one English sentence. */
  readonly line: string;
}
