import { answerQuestions } from '../../../app/platform/apart/answer-questions.mjs'
import { Refused } from '../../../app/platform/apart/refused.mjs'

/** Does what it is told. */
answerQuestions(async ({ todo }) => {
  const kept = []
  if (todo === 'work') for (;;) kept.length = 0
  if (todo === 'objects') for (;;) kept.push({ kept: kept.length })
  if (todo === 'bytes') for (;;) kept.push(Buffer.alloc(8 * 1024 * 1024, 1))
  if (todo === 'wait') await new Promise(() => {})
  if (todo === 'refuse') throw new Refused('a reason of its own')
  if (todo === 'break') throw new Error('not so')
  return { environment: Object.keys(process.env) }
})
