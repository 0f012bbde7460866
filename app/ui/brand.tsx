/** The mark of the product: the letter К whose arms are a tick. */
export function BrandMark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true">
      <rect className="brand-field" width="32" height="32" rx="6" />
      <path className="brand-letter" d="M10 8v16M23 8l-9 8.5M14 15.5 23 24" />
    </svg>
  )
}
