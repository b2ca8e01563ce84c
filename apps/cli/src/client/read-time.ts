import type { Instant } from '#kernel';
import type { ApiClient } from './api-client.js';

/** The platform's time, and how many times faster than real time it runs. */
export function readTime(api: ApiClient): Promise<{ readonly now: Instant; readonly factor: number }> {
  return api.time();
}
