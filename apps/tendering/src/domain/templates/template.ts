import type { Procedure } from '#contracts';

/** A tender's starting point: clauses in the law's words, the procedure as data, and a method to begin with. */
export interface Template {
  readonly templateId: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly category: 'works' | 'goods' | 'services';
  readonly procedure: Procedure;
  readonly clauses: readonly { readonly id: string; readonly title: string; readonly text: string }[];
  readonly method: Readonly<Record<string, unknown>>;
}
