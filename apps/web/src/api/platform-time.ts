import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { request } from './call.js';

interface Reading {
  /** The platform's time in milliseconds since 1970, and the browser's steady clock when it came. */
  readonly atMs: number;
  readonly steadyMs: number;
  readonly factor: number;
}

async function readPlatformTime(): Promise<Reading> {
  const sentMs = performance.now();
  const response = await request('/api/v1/time');
  const { now, factor } = (await response.json()) as { now: string; factor: number };
  // The answer was made about half way between sending and receiving.
  return { atMs: Date.parse(now), steadyMs: (sentMs + performance.now()) / 2, factor };
}

const READ_AGAIN_MS = 60_000;
const TICK_MS = 500;

/** The platform's time, in milliseconds since 1970, twice a second; undefined until it was read once. */
export function usePlatformTime(): { readonly nowMs: number; readonly factor: number } | undefined {
  const { data } = useQuery({
    queryKey: ['platform-time'],
    queryFn: readPlatformTime,
    refetchInterval: READ_AGAIN_MS,
    staleTime: READ_AGAIN_MS,
  });
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  if (!data) return undefined;
  return { nowMs: data.atMs + (performance.now() - data.steadyMs) * data.factor, factor: data.factor };
}
