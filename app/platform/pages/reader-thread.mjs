import { parentPort } from 'node:worker_threads'
import { readCodes, uprightTurn } from './codes.mjs'
import { openPdf } from './pdf.mjs'
import { openPicture, toView } from './picture.mjs'

/** A refusal that names its reason; anything else means that the file is broken. */
const reasonOf = (error) => (typeof error?.reason === 'string' ? error.reason : 'broken')

let source
let wanted

async function answer(message) {
  if (message.bytes) {
    wanted = message.prefix
    source = await (message.isPdf ? openPdf(message.bytes, message.mostPages) : openPicture(message.bytes))
    return { count: source.count }
  }
  const page = await source.page(message.page)
  const found = await readCodes(page, (text) => text.startsWith(wanted))
  const view = await toView(page.base, found.length > 0 ? uprightTurn(found[0].position) : 0)
  return { codes: [...new Set(found.map(({ text }) => text))], view }
}

parentPort.on('message', (message) => {
  answer(message).then(
    (said) => parentPort.postMessage(said),
    (error) => parentPort.postMessage({ refused: reasonOf(error) }),
  )
})
