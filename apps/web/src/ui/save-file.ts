/** Hands bytes to the person as a download. */
export function saveFile(
  name: string,
  bytes: Uint8Array | Blob,
  mediaType = 'application/octet-stream',
): void {
  const blob =
    bytes instanceof Blob ? bytes : new Blob([bytes as Uint8Array<ArrayBuffer>], { type: mediaType });
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has its own hold on the blob once it has begun.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
