type Handler = (args: never) => unknown
type Options = {
  as?: { cookie: string }
  params?: Record<string, string>
  form?: Record<string, string | Blob | string[]>
  headers?: Record<string, string>
  cookies?: string[]
}

export type Answer = { status: number; location: string | null; cookies: string[]; headers: Headers; body: any }

/** Calls a route's own loader or action as the server would and returns what the browser would have got. */
export async function call(
  handler: Handler,
  path: string,
  { as, params = {}, form, headers = {}, cookies = [] }: Options = {},
): Promise<Answer> {
  const request = new Request(`http://app.test${path}`, {
    method: form ? 'POST' : 'GET',
    headers: { cookie: [...(as ? [as.cookie] : []), ...cookies.map((one) => one.split(';')[0])].join('; '), host: 'app.test', ...headers },
    body: form && bodyOf(form),
  })
  const result: unknown = await Promise.resolve(handler({ request, params, context: { clientAddress: '127.0.0.1' } } as never)).catch(
    (thrown: unknown) => {
      if (thrown instanceof Error) throw thrown
      return thrown
    },
  )
  if (result instanceof Response) {
    const type = result.headers.get('content-type') ?? ''
    const body = type.startsWith('text/event-stream')
      ? await firstEvent(result)
      : type.includes('json')
        ? await result.json()
        : type.includes('text')
          ? await result.text()
          : undefined
    return {
      status: result.status,
      location: result.headers.get('location'),
      cookies: result.headers.getSetCookie(),
      headers: result.headers,
      body,
    }
  }
  const wrapped = result as { type?: string; data?: unknown; init?: { status?: number; headers?: HeadersInit } | null }
  if (wrapped?.type === 'DataWithResponseInit') {
    const set = new Headers(wrapped.init?.headers)
    return { status: wrapped.init?.status ?? 200, location: null, cookies: set.getSetCookie(), headers: set, body: wrapped.data }
  }
  return { status: 200, location: null, cookies: [], headers: new Headers(), body: result }
}

/** What an answer that stays open has said by its first event; then it is closed as a browser would. */
async function firstEvent(response: Response): Promise<string> {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  while (!/^data: .*\n\n/m.test(text)) {
    const next = await reader.read()
    if (next.done) break
    text += next.value
  }
  await reader.cancel()
  return text
}

function bodyOf(form: NonNullable<Options['form']>) {
  const entries = Object.entries(form).flatMap(([name, value]) =>
    Array.isArray(value) ? value.map((one) => [name, one] as const) : [[name, value] as const],
  )
  if (entries.some(([, value]) => value instanceof Blob)) {
    const multipart = new FormData()
    for (const [name, value] of entries) multipart.append(name, value)
    return multipart
  }
  return new URLSearchParams(entries as [string, string][])
}
