/** The mark of the product: three rising steps under one arc. */
export function BrandMark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="2.5" strokeLinecap="round">
      <path d="M4 14a12 12 0 0 1 24 0" />
      <path d="M8 27v-5M16 27V17M24 27v-8" />
    </svg>
  )
}
