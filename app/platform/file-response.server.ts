/**
 * A PDF made for one reader: shown in the browser under `name`, kept by nobody else; nothing in it may run or reach out. The name must
 * hold no personal data: it stays in download folders.
 */
export function pdfResponse(bytes: Uint8Array, name: string): Response {
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': 'application/pdf',
      'content-length': String(bytes.length),
      'content-disposition': `inline; filename="${name}"`,
      'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'cache-control': 'private, no-store',
    },
  })
}

/**
 * A file that somebody else brought, under a name of ours: nothing in it may run, reach out or be taken for another kind, and nobody but
 * the reader keeps it. What was not made anew by us is saved and not shown.
 */
export function storedFileResponse(
  { bytes, mediaType }: { bytes: Uint8Array<ArrayBuffer>; mediaType: string },
  { name, isShown }: { name: string; isShown: boolean },
): Response {
  return new Response(bytes, {
    headers: {
      'content-type': mediaType,
      'content-length': String(bytes.length),
      'content-disposition': `${isShown ? 'inline' : 'attachment'}; filename="${name}"`,
      'content-security-policy': "default-src 'none'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    },
  })
}
