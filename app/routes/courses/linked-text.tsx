import { Fragment } from 'react'

const ADDRESS = /(https?:\/\/[^\s<>"„“]+[^\s<>"„“.,;:!?)])/

/** Text as typed, its lines kept and its web addresses made links. */
export function LinkedText({ text }: { text: string }) {
  return (
    <p className="max-w-prose break-words whitespace-pre-line">
      {text.split(ADDRESS).map((part, index) =>
        index % 2 === 1 ? (
          <a key={index} href={part} rel="noreferrer noopener">
            {part}
          </a>
        ) : (
          <Fragment key={index}>{part}</Fragment>
        ),
      )}
    </p>
  )
}
