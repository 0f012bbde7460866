/** A QR code given as one path in a square of `side` modules, quiet zone included: black on white in every theme, or no camera reads it. */
export function QrCode({ side, path, label }: { side: number; path: string; label: string }) {
  return (
    <svg className="qr-code" viewBox={`0 0 ${side} ${side}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <rect width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
