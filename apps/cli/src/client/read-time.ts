import type { Instant } from '#kernel';
import type { ApiClient } from './api-client.js';

/** The platform's time, and how many times faster than real time it runs. */
export async function readTime(api: ApiClient): Promise<{ readonly now: Instant; readonly factor: number }> {
  return JSON.parse(await api.getText('/api/v1/time')) as { now: Instant; factor: number };
}
