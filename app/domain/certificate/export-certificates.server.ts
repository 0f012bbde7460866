import { certificateWords } from '~/i18n/certificate'
import { certificateRegisterFileWords } from '~/i18n/certificate-register-file'
import { translator } from '~/i18n/dictionary'
import { fullName } from '~/i18n/format'
import { tableWords } from '~/i18n/table'
import { tableFile, type FileKind, type TableFile } from '~/platform/table/file.server'
import { ownTable } from '~/platform/table/own-table.server'
import { allPages, sheet, ROWS_OF_A_FILE, type Column } from '~/platform/table/table'
import type { AccountActor } from '../policy'
import { certificateRegister, type CertificateFilter } from './certificate.server'

type Row = Awaited<ReturnType<typeof certificateRegister>>['rows'][number]

/** The register of certificates as far as the actor sees it, narrowed as the list is, as a file. Throws `forbidden` for who may not see the list. */
export async function exportCertificates(
  actor: AccountActor,
  filter: CertificateFilter,
  { format, language }: FileKind,
): Promise<TableFile> {
  const t = translator(certificateWords, language)
  const words = translator(certificateRegisterFileWords, language)
  const columns: Column<Row>[] = [
    { header: t('number'), kind: 'integer', width: 10, cell: (row) => row.registerNumber },
    { header: words('issuedOn'), kind: 'date', width: 13, cell: (row) => row.issuedOn },
    { header: t('recipient'), kind: 'text', width: 32, cell: ({ recipient }) => (recipient ? fullName(recipient) : t('erasedName')) },
    { header: words('position'), kind: 'text', width: 26, cell: ({ recipient }) => recipient?.position ?? null },
    { header: words('unit'), kind: 'text', width: 34, cell: ({ recipient }) => recipient?.unit ?? null },
    { header: t('course'), kind: 'text', width: 44, cell: (row) => row.course ?? null },
    { header: t('state'), kind: 'text', width: 16, cell: (row) => t(`states.${row.state}`) },
  ]
  const read = (page: number) => certificateRegister(actor, { ...filter, page, rowsPerPage: ROWS_OF_A_FILE })
  const { trainings } = filter.trainingId ? await certificateRegister(actor, { ...filter, page: 1, rowsPerPage: 1 }) : { trainings: [] }
  const table = ownTable(actor, language, {
    title: t('register'),
    fileName: { ascii: 'registar-udostovereniya', full: t('register') },
    filters: [
      filter.q && translator(tableWords, language)('search', { text: filter.q }),
      filter.year && String(filter.year),
      trainings.find(({ id }) => id === filter.trainingId)?.course.title,
    ].map((text) => text || null),
    sheets: [
      sheet(
        t('certificates'),
        columns,
        allPages(read, ({ id }) => id),
      ),
    ],
  })
  return tableFile(table, format)
}
