/** The smallest class: everything up to it looks alike. */
export const SIZE_CLASS_MIN = 64 * 1024;

/**
 * The least size class that holds so many bytes: 64 KiB, above it Padmé (Nikitin et al., "Reducing Metadata Leakage
 * from Encrypted Files and Communication with PURBs", PoPETs 2019 §4): at most 12 % more, and a length tells no more
 * than log log bits.
 */
export function sizeClass(bytes: number): number {
  if (bytes <= SIZE_CLASS_MIN) return SIZE_CLASS_MIN;
  const exponent = Math.floor(Math.log2(bytes));
  const kept = Math.floor(Math.log2(exponent)) + 1;
  const step = 2 ** (exponent - kept);
  return Math.ceil(bytes / step) * step;
}
