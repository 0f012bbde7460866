import { answerQuestions } from '../apart/answer-questions.mjs'
import { readCodes, uprightTurn } from './codes.mjs'
import { openPdf } from './pdf.mjs'
import { openPicture, toView } from './picture.mjs'

let source
let wanted

answerQuestions(async (message) => {
  if (message.bytes) {
    wanted = message.prefix
    source = await (message.isPdf ? openPdf(message.bytes, message.mostPages) : openPicture(message.bytes))
    return { count: source.count }
  }
  const page = await source.page(message.page)
  const found = await readCodes(page, (text) => text.startsWith(wanted))
  const turnOf = new Map()
  for (const { text, position } of found) if (!turnOf.has(text)) turnOf.set(text, uprightTurn(position))
  const turns = turnOf.size > 0 ? [...new Set(turnOf.values())] : [0]
  const views = []
  for (const turn of turns) views.push(await toView(page.base, turn))
  return { views, codes: [...turnOf].map(([text, turn]) => ({ text, view: turns.indexOf(turn) })) }
})
