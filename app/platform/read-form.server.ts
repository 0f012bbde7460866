import { AppError } from './errors'

/**
 * Reads a form of at most `largest` bytes. Throws `too_large` before the first byte where the form announces more, else as soon as more
 * has come, and `invalid` for a body that is no form.
 */
export async function readForm(request: Request, largest: number): Promise<FormData> {
  const announced = request.headers.get('content-length')
  if (Number(announced ?? 0) > largest) throw tooLarge(largest)
  // the server takes no more than was announced; a body sent in chunks announces nothing and is counted
  const body = announced === null && request.body ? await countedBody(request.body, request.headers, largest) : request
  return body.formData().catch((error: unknown) => {
    throw error instanceof TypeError ? new AppError('invalid', 'error.invalid') : error
  })
}

const tooLarge = (largest: number) => new AppError('too_large', 'error.too_large', { max: Math.floor(largest / 1024 / 1024) })

async function countedBody(stream: ReadableStream<Uint8Array>, headers: Headers, largest: number): Promise<Response> {
  const reader = stream.getReader()
  const parts: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    size += next.value.byteLength
    // not cancelled: that would close the connection before the refusal is sent; who answers drops what still comes
    if (size > largest) throw tooLarge(largest)
    parts.push(next.value as Uint8Array<ArrayBuffer>)
  }
  return new Response(new Blob(parts), { headers: { 'content-type': headers.get('content-type') ?? '' } })
}

/** The bytes of the file chosen in the field `name`; null where none was. Nothing about it is known yet: name and type are the sender's words. */
export async function chosenFile(form: FormData, name: string): Promise<Uint8Array | null> {
  const file = form.get(name)
  return file instanceof File && file.size > 0 ? new Uint8Array(await file.arrayBuffer()) : null
}
