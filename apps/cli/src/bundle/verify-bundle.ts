import { verifyBundle as verify } from '#verify';
import { bundleIn } from './bundle-files.js';

export interface BundleReport {
  /** One line for each thing that was checked and holds. */
  readonly checks: readonly string[];
}

/** Recomputes everything that a bundle in a folder claims, offline; throws as `verifyBundle` of `#verify` does. */
export async function verifyBundle(
  folder: string,
  trusted: { readonly authorityPem?: string } = {},
): Promise<BundleReport> {
  const checks = await verify(bundleIn(folder), trusted);
  return { checks: checks.map(({ line }) => line) };
}
