import FileText from 'lucide-react/icons/file-text'
import type { SheetColumn } from '~/domain/funder/funder'
import { funderWords } from '~/i18n/funder'
import { useFormat, useT } from '~/i18n/use-language'
import { LinkButton } from '~/ui/button'
import { Section } from '~/ui/page-header'
import { DescriptionList, StatusChip } from '~/ui/status'

type Version = {
  id: string
  validFrom: string
  showsEuBlock: boolean
  statement: string | null
  columns: SheetColumn[]
  hasLogo: boolean
  holds: boolean
  isComing: boolean
  createdAt: string | Date
  createdByName: string
}

/** One version of a profile: what it prints, since when, by whom. */
export function VersionFacts({ version, preview }: { version: Version; preview: string }) {
  const t = useT(funderWords)
  const format = useFormat()
  return (
    <Section
      title={t('version', { date: format.date(version.validFrom) })}
      id={version.id}
      action={
        <LinkButton small document to={preview} icon={FileText}>
          {t('preview')}
        </LinkButton>
      }
    >
      <p>
        <StatusChip {...(version.holds ? { tone: 'good' as const } : version.isComing ? { tone: 'info' as const } : {})}>
          {t(version.holds ? 'holds' : version.isComing ? 'coming' : 'past')}
        </StatusChip>{' '}
        {t('by', { name: version.createdByName, when: format.dateTime(version.createdAt) })}
      </p>
      <DescriptionList
        items={[
          { label: t('showsEuBlock'), value: t(version.showsEuBlock ? 'hasLogo' : 'noLogo') },
          { label: t('statement'), value: version.statement, gender: 'm' },
          { label: t('columns'), value: version.columns.map((column) => t(`column.${column}`)).join(', ') },
          { label: t('logo'), value: t(version.hasLogo ? 'hasLogo' : 'noLogo') },
        ]}
      />
    </Section>
  )
}
