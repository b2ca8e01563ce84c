/** Code → [Chinese, English]: what is wrong, and what can be done. Side by side, so that they say the same. */
export type ProblemTexts = Readonly<Record<string, readonly [zh: string, en: string]>>;
