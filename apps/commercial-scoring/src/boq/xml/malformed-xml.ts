/** What is wrong with XML; whoever reads a part of a workbook knows its name and tells both. */
export class XmlFault extends Error {
  override readonly name = 'XmlFault';

  constructor(
    message: string,
    readonly kind: 'malformed' | 'document-type' | 'too-long' = 'malformed',
  ) {
    super(message);
  }
}

export function malformedXml(message: string): never {
  throw new XmlFault(message);
}
