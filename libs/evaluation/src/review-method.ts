import { checkMethod } from './check-method.js';
import { formFindings } from './checks/form-findings.js';
import type { Finding } from './evaluation-types.js';
import { methodSchema, type Method } from './method.js';

export interface MethodReview {
  /** Null where the document has not the form of a method. */
  readonly method: Method | null;
  /** Errors first; no error means that the method can be saved and published. */
  readonly findings: readonly Finding[];
}

/**
 * Everything that keeps a document from being a publishable method, and what its author should weigh, in both
 * languages: the form (`form.missing`, `form.unknown-key`, `form.not-one-of`, `form.wrong-type`, `form.not-readable`,
 * `form.too-small`, `form.too-large`, `form.not-possible`; at most 50), else what {@link checkMethod} finds. Throws
 * nothing.
 */
export function reviewMethod(json: unknown): MethodReview {
  const parsed = methodSchema.safeParse(json);
  if (!parsed.success) return { method: null, findings: formFindings(parsed.error.issues) };
  const findings = checkMethod(parsed.data);
  const errors = findings.filter(({ severity }) => severity === 'error');
  const warnings = findings.filter(({ severity }) => severity === 'warning');
  return { method: parsed.data, findings: [...errors, ...warnings] };
}
