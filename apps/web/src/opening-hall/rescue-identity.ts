const IDENTITY = /AGE-SECRET-KEY-1[0-9A-Z]{58}/;

/**
 * The rescue identity of one envelope in the text of a rescue file: under its name in the file that this portal wrote,
 * or the only one there is, as the program writes it. Undefined where there is none.
 */
export function rescueIdentityIn(text: string, envelopeId: string): string | undefined {
  const lines = text.split(/\r?\n/);
  const own = lines.findIndex((line) => line.trim() === `# ${envelopeId}`);
  if (own >= 0) return IDENTITY.exec(lines[own + 1] ?? '')?.[0];
  const all = lines.flatMap((line) => IDENTITY.exec(line)?.[0] ?? []);
  return lines.some((line) => line.startsWith('#')) || all.length !== 1 ? undefined : all[0];
}
