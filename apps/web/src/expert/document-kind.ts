export type DocumentKind = 'pdf' | 'picture' | 'text' | 'other';

const PICTURES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/**
 * How a document is shown, by what it says it is: as this very kind and no other, so that a page that calls itself a
 * picture is a broken picture. SVG and HTML can act and are only downloaded.
 */
export function kindOf(mediaType: string): DocumentKind {
  const type = mediaType.split(';')[0]!.trim().toLowerCase();
  if (type === 'application/pdf') return 'pdf';
  if (PICTURES.has(type)) return 'picture';
  return type === 'text/plain' || type === 'text/csv' ? 'text' : 'other';
}
