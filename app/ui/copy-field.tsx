import Check from 'lucide-react/icons/check'
import Copy from 'lucide-react/icons/copy'
import { useId, useRef, useState, useSyncExternalStore } from 'react'
import { Button } from './button'

/** Text to be taken along, in a field that selects itself; with JavaScript also a button that copies. `labels` are the button's before and after. */
export function CopyField({ label, value, labels }: { label: string; value: string; labels: { copy: string; copied: string } }) {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const canCopy = useSyncExternalStore(
    () => () => {},
    () => true,
    () => false,
  )
  const [copied, setCopied] = useState(false)

  async function copy() {
    field.current?.select()
    // The clipboard is missing where the page was served without TLS; the selection can then be copied by keyboard.
    await navigator.clipboard?.writeText(value).then(
      () => setCopied(true),
      () => {},
    )
  }
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        ref={field}
        id={id}
        className="control"
        value={value}
        readOnly
        autoComplete="off"
        onFocus={(event) => event.currentTarget.select()}
      />
      {canCopy ? (
        <p role="status">
          <Button type="button" icon={copied ? Check : Copy} onClick={copy}>
            {copied ? labels.copied : labels.copy}
          </Button>
        </p>
      ) : null}
    </div>
  )
}
