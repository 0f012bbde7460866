import type { useBlocker } from '@remix-run/react'
import { useEffect, useRef } from 'react'

type LeaveQuestionProps = {
  blocker: ReturnType<typeof useBlocker>
  words: { title: string; text: string; stay: string; leave: string }
}

/** Asks before a page with unsaved input is left; staying is what Escape and the first button do. */
export function LeaveQuestion({ blocker, words }: LeaveQuestionProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (blocker.state === 'blocked') dialog.current?.showModal()
    else dialog.current?.close()
  }, [blocker.state])
  return (
    <dialog ref={dialog} className="ask" aria-labelledby="leave-title" onClose={() => blocker.state === 'blocked' && blocker.reset()}>
      <h2 id="leave-title">{words.title}</h2>
      <p>{words.text}</p>
      <div className="form-actions">
        <button type="button" className="button button-primary" onClick={() => blocker.reset?.()}>
          {words.stay}
        </button>
        <button type="button" className="button" onClick={() => blocker.proceed?.()}>
          {words.leave}
        </button>
      </div>
    </dialog>
  )
}
