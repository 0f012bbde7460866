/**
 * Returns the UUID of one form of a document: the document's key with its last 32 bits replaced by a hash of the form's id, so that
 * server and browser agree on it and two forms of a page never share it.
 */
export function formKey(renderKey: string, formId: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < formId.length; i += 1) hash = Math.imul(hash ^ formId.charCodeAt(i), 0x01000193) >>> 0
  return renderKey.slice(0, -8) + hash.toString(16).padStart(8, '0')
}

/** Returns a random UUID, version 4; `crypto.randomUUID` is missing where the page was served without TLS. */
export function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
