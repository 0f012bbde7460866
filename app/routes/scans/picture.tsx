import { scanWords } from '~/i18n/scan'
import { useT } from '~/i18n/use-language'

type Shown = { id: string; fileName: string; page: number | null }

/** A scan as a picture that opens in full size, with the file it came in. */
export function ScanPicture({ scan }: { scan: Shown }) {
  const t = useT(scanWords)
  const image = `/scans/${scan.id}/image`
  return (
    <figure className="scan">
      <div className="scan-frame">
        <a href={image} target="_blank" rel="noreferrer">
          <img src={image} alt={t('scanOf', { file: scan.fileName })} loading="lazy" />
        </a>
      </div>
      <figcaption className="no-print">
        {scan.page ? <span>{t('sheetPageShort', { page: scan.page })}</span> : null}
        <a href={image} target="_blank" rel="noreferrer">
          {t('enlarge')}
        </a>
        <a href={`/scans/${scan.id}/original`}>{t('original')}</a>
      </figcaption>
    </figure>
  )
}
