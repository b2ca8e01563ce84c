/** A refusal of the platform (RFC 9457), or that it cannot be reached (`network.unreachable`). */
export class Problem extends Error {
  constructor(
    readonly code: string,
    readonly detail: string,
    readonly status: number,
    readonly mayRetry: boolean,
    readonly correlationId: string | null,
    readonly details: Readonly<Record<string, unknown>>,
  ) {
    super(`${code}: ${detail}`);
  }
}

export const isProblem = (error: unknown): error is Problem => error instanceof Problem;

/** What an answer that is no success says; an answer that is no problem document counts as `internal.error`. */
export async function readProblem(response: Response): Promise<Problem> {
  const text = await response.text();
  try {
    const { code, detail, retry, correlationId, details } = JSON.parse(text) as Record<string, unknown>;
    return new Problem(
      String(code),
      String(detail),
      response.status,
      retry === true,
      typeof correlationId === 'string' ? correlationId : null,
      (details ?? {}) as Record<string, unknown>,
    );
  } catch {
    return new Problem('internal.error', text.slice(0, 200), response.status, true, null, {});
  }
}
