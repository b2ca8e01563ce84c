/** Random bytes of the browser. */
export const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));
