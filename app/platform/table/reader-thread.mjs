import { answerQuestions } from '../apart/answer-questions.mjs'
import { rowsOf } from './rows.mjs'

answerQuestions(async ({ bytes, mostRows }) => ({ rows: rowsOf(Buffer.from(bytes), mostRows) }))
