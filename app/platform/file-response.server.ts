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
