import { useT } from '~/i18n/use-language'
import { uiWords } from './words'

export type Bar = { label: string; value: number; text: string; mark?: number | null; markText?: string }
type FigureProps = { title: string; labelHead: string; valueHead: string; markHead?: string; bars: Bar[] }

const WIDTH = 640
const ROW = 44
const GAUGE = WIDTH - 96

/** Bars with the numbers beside them and the same numbers as a table; `mark` draws a line at a target value. */
export function Figure({ title, labelHead, valueHead, markHead, bars }: FigureProps) {
  const t = useT(uiWords)
  const most = Math.max(1, ...bars.map((bar) => Math.max(bar.value, bar.mark ?? 0)))
  const x = (value: number) => Math.round((value / most) * GAUGE)
  return (
    <figure className="figure">
      <figcaption>{title}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${bars.length * ROW}`} aria-hidden="true">
        {bars.map((bar, index) => (
          <g key={bar.label} transform={`translate(0 ${index * ROW})`}>
            <text y="15">{bar.label}</text>
            <rect className="bar" y="21" height="14" width={x(bar.value)} rx="2" />
            <text x={x(bar.value) + 8} y="33">
              {bar.text}
            </text>
            {bar.mark ? <line className="bar-mark" x1={x(bar.mark)} x2={x(bar.mark)} y1="18" y2="38" /> : null}
          </g>
        ))}
      </svg>
      <details>
        <summary>{t('showTable')}</summary>
        <div className="table-frame">
          <table className="table">
            <caption className="sr-only">{title}</caption>
            <thead>
              <tr>
                <th scope="col">{labelHead}</th>
                <th scope="col" className="numeric">
                  {valueHead}
                </th>
                {markHead ? (
                  <th scope="col" className="numeric">
                    {markHead}
                  </th>
                ) : null}
              </tr>
            </thead>
            <tbody>
              {bars.map((bar) => (
                <tr key={bar.label}>
                  <th scope="row">{bar.label}</th>
                  <td className="numeric" data-label={valueHead}>
                    {bar.text}
                  </td>
                  {markHead ? (
                    <td className="numeric" data-label={markHead}>
                      {bar.markText ?? t('notGiven')}
                    </td>
                  ) : null}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  )
}
