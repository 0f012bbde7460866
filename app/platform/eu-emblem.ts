/** The statement of support, in full, as Regulation (EU) 2021/1060, Annex IX, point 1.4 asks for it beside the emblem. */
export const EU_STATEMENT_BG = 'Съфинансирано от Европейския съюз'

/** Field of the emblem (Reflex Blue) and its stars (Yellow) as screen colours. */
export const EU_BLUE = '#003399'
export const EU_YELLOW = '#FFCC00'

/** Width of the emblem for a height of 1 (Regulation (EU) No 763/2014, annex). */
export const EMBLEM_FLY_PER_HOIST = 1.5

const STARS = 12
const VERTICES = 10
/** Inner to outer radius of a five-pointed star whose edges lie on straight lines: (3 − √5) / 2. */
const INNER_RADIUS_SHARE = (3 - Math.sqrt(5)) / 2

/**
 * Returns the ten corners of each of the twelve stars of the European emblem, clockwise from the topmost point, in the unit of
 * `hoist` (the emblem's height), origin at the top left, y downwards. Stars stand at equal intervals on a circle of radius hoist/3
 * around the centre, each on a circle of radius hoist/18, all upright (Regulation (EU) No 763/2014, annex).
 */
export function emblemStars(hoist: number): Array<Array<[number, number]>> {
  const centreX = (hoist * EMBLEM_FLY_PER_HOIST) / 2
  const centreY = hoist / 2
  return Array.from({ length: STARS }, (_, star) => {
    const place = (star * 2 * Math.PI) / STARS
    const x = centreX + (hoist / 3) * Math.sin(place)
    const y = centreY - (hoist / 3) * Math.cos(place)
    return Array.from({ length: VERTICES }, (_, vertex): [number, number] => {
      const angle = (vertex * 2 * Math.PI) / VERTICES
      const radius = (hoist / 18) * (vertex % 2 === 0 ? 1 : INNER_RADIUS_SHARE)
      return [x + radius * Math.sin(angle), y - radius * Math.cos(angle)]
    })
  })
}
