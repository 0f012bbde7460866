import { Link } from '@remix-run/react'
import ChevronDown from 'lucide-react/icons/chevron-down'
import Printer from 'lucide-react/icons/printer'
import { paperWords } from '~/i18n/paper'
import { useT } from '~/i18n/use-language'
import { Icon } from '~/ui/icon'

/** The sheet of a session on paper: to be signed, by day or by half-day, what came back signed, and, once it is closed, to be read. */
export function PaperLinks({ session, trainingId }: { session: { id: string; closure: object | null }; trainingId: string }) {
  const t = useT(paperWords)
  const sheet = `/sessions/${session.id}/sheet.pdf`
  const files = [
    ...(session.closure ? [{ to: `${sheet}?filled=1`, label: t('filled') }] : []),
    { to: sheet, label: t('sheet') },
    { to: `${sheet}?per=half-day`, label: t('halfDay') },
  ]
  return (
    <details className="menu menu-start" name="list-menu">
      <summary className="button button-small">
        <Icon of={Printer} />
        {t('paper')}
        <Icon of={ChevronDown} />
      </summary>
      <ul className="menu-sheet">
        {files.map(({ to, label }) => (
          <li key={to}>
            <a className="menu-item" href={to}>
              {label}
            </a>
          </li>
        ))}
        <li>
          <Link className="menu-item" to={`/trainings/${trainingId}/attendance/paper?session=${session.id}`}>
            {t('signed')}
          </Link>
        </li>
      </ul>
    </details>
  )
}
