import { useRef, useState, type DragEvent, type ReactNode } from 'react'
import { formatBytes } from '~/i18n/format'
import { useLanguage, useT } from '~/i18n/use-language'
import { useFieldState } from './form-context'
import { uiWords } from './words'

type FileDropProps = {
  name: string
  label: ReactNode
  hint?: ReactNode
  accept?: string
  multiple?: boolean
  required?: boolean
  optional?: boolean
}

/** The native file input; with JavaScript files may also be dropped on its frame, and what was chosen is listed with its size. */
export function FileDrop({ name, label, hint, accept, multiple, required, optional }: FileDropProps) {
  const t = useT(uiWords)
  const language = useLanguage()
  const { id, errors } = useFieldState(name, undefined)
  const input = useRef<HTMLInputElement>(null)
  const [chosen, setChosen] = useState<Array<{ name: string; size: number }>>([])
  const [over, setOver] = useState(false)

  const list = (files: FileList | null) => setChosen(Array.from(files ?? [], (file) => ({ name: file.name, size: file.size })))

  function drop(event: DragEvent) {
    event.preventDefault()
    setOver(false)
    if (!input.current || event.dataTransfer.files.length === 0) return
    const taken = new DataTransfer()
    for (const file of multiple ? event.dataTransfer.files : [event.dataTransfer.files[0]!]) taken.items.add(file)
    input.current.files = taken.files
    list(taken.files)
  }

  function dragOver(event: DragEvent) {
    event.preventDefault()
    setOver(true)
  }

  return (
    <div className={`field${errors.length ? ' field-bad' : ''}`}>
      <label htmlFor={id}>
        {label}
        {optional ? <span className="field-optional"> {t('optional')}</span> : null}
      </label>
      {hint ? (
        <p id={`${id}-hint`} className="field-hint">
          {hint}
        </p>
      ) : null}
      {errors.length ? (
        <p id={`${id}-error`} className="field-error">
          {errors.join(' ')}
        </p>
      ) : null}
      <div className="drop" data-over={over || undefined} onDragOver={dragOver} onDragLeave={() => setOver(false)} onDrop={drop}>
        <input
          ref={input}
          type="file"
          id={id}
          name={name}
          accept={accept}
          multiple={multiple}
          required={required}
          aria-invalid={errors.length > 0 || undefined}
          aria-describedby={[hint ? `${id}-hint` : '', errors.length ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined}
          onChange={(event) => list(event.currentTarget.files)}
        />
        <p className="field-hint drop-hint no-print">{multiple ? t('dropHere') : t('dropOneHere')}</p>
        {chosen.length > 0 ? (
          <ul className="drop-list" aria-live="polite">
            {chosen.map((file) => (
              <li key={file.name}>
                <span>{file.name}</span>
                <span className="figures">{formatBytes(file.size, language)}</span>
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </div>
  )
}
