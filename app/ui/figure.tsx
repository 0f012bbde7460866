import { useT } from '~/i18n/use-language'
import { uiWords } from './words'

export type Bar = { label: string; value: number; text: string; mark?: number | null; markText?: string }
type FigureProps = { title: string; labelHead: string; valueHead: string; markHead?: string; bars: Bar[] }

const PARTS = 1000

/** Bars with the numbers beside them and the same numbers as a table; `mark` draws a line at a target value. */
export function Figure({ title, labelHead, valueHead, markHead, bars }: FigureProps) {
  const t = useT(uiWords)
  const most = Math.max(1, ...bars.map((bar) => Math.max(bar.value, bar.mark ?? 0)))
  const x = (value: number) => Math.round((value / most) * PARTS)
  return (
    <figure className="figure">
      <figcaption>{title}</figcaption>
      <div className="figure-bars" aria-hidden="true">
        {bars.map((bar) => (
          <div key={bar.label}>
            <p>
              <span>{bar.label}</span>
              <span className="figures">{bar.markText ? `${bar.text} / ${bar.markText}` : bar.text}</span>
            </p>
            <svg viewBox={`0 0 ${PARTS} 20`} preserveAspectRatio="none">
              <rect className="gauge" y="4" height="12" width={PARTS} />
              <rect className="bar" y="4" height="12" width={x(bar.value)} />
              {bar.mark ? <rect className="bar-mark" x={Math.min(x(bar.mark), PARTS - 4)} width="4" height="20" /> : null}
            </svg>
          </div>
        ))}
      </div>
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
