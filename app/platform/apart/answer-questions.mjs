import { parentPort } from 'node:worker_threads'
import { Refused } from './refused.mjs'

/**
 * Makes this thread answer each question with what `answer` returns, or with the reason why not.
 * @param {(question: any) => Promise<object>} answer
 */
export function answerQuestions(answer) {
  parentPort.on('message', (question) => {
    answer(question).then(
      (said) => parentPort.postMessage(said),
      (error) => parentPort.postMessage({ refused: error instanceof Refused ? error.reason : 'broken' }),
    )
  })
}
