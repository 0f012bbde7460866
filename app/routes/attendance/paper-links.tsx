import Printer from 'lucide-react/icons/printer'
import { paperWords } from '~/i18n/paper'
import { useT } from '~/i18n/use-language'
import { LinkButton } from '~/ui/button'

/** The sheet of a session on paper: to be signed, by day or by half-day, and, once it is closed, to be read. */
export function PaperLinks({ session }: { session: { id: string; closure: object | null } }) {
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
      {session.closure ? (
        <LinkButton small document icon={Printer} to={`${sheet}?filled=1`}>
          {t('filled')}
        </LinkButton>
      ) : null}
    </nav>
  )
}
