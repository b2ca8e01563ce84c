/** Bytes as a line brings them. */
export async function* flowOf(bytes: Buffer, chunk = 64 * 1024): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
}
