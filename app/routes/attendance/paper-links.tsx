import Printer from 'lucide-react/icons/printer'
import ScanLine from 'lucide-react/icons/scan-line'
import { paperWords } from '~/i18n/paper'
import { useT } from '~/i18n/use-language'
import { LinkButton } from '~/ui/button'

/** The sheet of a session on paper: to be signed, by day or by half-day, what came back signed, and, once it is closed, to be read. */
export function PaperLinks({ session, trainingId }: { session: { id: string; closure: object | null }; trainingId: string }) {
  const t = useT(paperWords)
  const sheet = `/sessions/${session.id}/sheet.pdf`
  return (
    <nav className="form-actions no-print" aria-label={t('paper')}>
      <LinkButton small document icon={Printer} to={sheet}>
        {t('sheet')}
      </LinkButton>
      <LinkButton small document icon={Printer} to={`${sheet}?per=half-day`}>
        {t('halfDay')}
      </LinkButton>
      <LinkButton small icon={ScanLine} to={`/trainings/${trainingId}/attendance/paper?session=${session.id}`}>
        {t('signed')}
      </LinkButton>
      {session.closure ? (
        <LinkButton small document icon={Printer} to={`${sheet}?filled=1`}>
          {t('filled')}
        </LinkButton>
      ) : null}
    </nav>
  )
}
