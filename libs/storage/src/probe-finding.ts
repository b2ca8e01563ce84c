import { isDomainError } from '#kernel';
import type { Finding, ProbeResult } from './store-report.js';

export type ProbeText = Pick<Finding, 'probe' | 'meaning' | 'remedy'>;

export type Attempt = () => Promise<readonly [result: ProbeResult, detail: string]>;

/** One probe to its end. What throws could not be tried: that proves nothing, for or against the store. */
export async function finding(text: ProbeText, isNeeded: boolean, attempt: Attempt): Promise<Finding> {
  try {
    const [result, detail] = await attempt();
    return { ...text, isNeeded, result, detail };
  } catch (error) {
    return { ...text, isNeeded, result: 'cannot-tell', detail: wordsOf(error) };
  }
}

/** What an error says, with its code, in one line. */
export function wordsOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  const cause = isDomainError(error) ? error.details['cause'] : undefined;
  return [code, message, cause].filter((part) => part).join(': ') || String(error);
}
