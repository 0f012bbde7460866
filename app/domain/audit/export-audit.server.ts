import { auditWords } from '~/i18n/audit'
import { AUDIT_TYPES, authorWords, wordsOfAction } from '~/i18n/audit-codes'
import { translator } from '~/i18n/dictionary'
import { formatDate } from '~/i18n/format'
import type { Language } from '~/i18n/language'
import { tableFile, type FileKind, type TableFile } from '~/platform/table/file.server'
import { ownTable } from '~/platform/table/own-table.server'
import { allPages, sheet, ROWS_OF_A_FILE, type Column } from '~/platform/table/table'
import type { AccountActor } from '../policy'
import { listAuditEvents, type AuditEntry } from './audit.server'
import type { AuditQuery } from './schema'

const actionWords = (action: string, language: Language) => {
  const known = wordsOfAction(action)
  return known ? translator(auditWords, language)(`actions.${known}`) : action
}
const typeWords = (type: string, language: Language) => {
  const known = AUDIT_TYPES.find((one) => one === type)
  return known ? translator(auditWords, language)(`types.${known}`) : type
}

/** The audit trail, narrowed as the list is, as a file, newest first. Throws `forbidden` for who may not see it. */
export function exportAudit(actor: AccountActor, query: AuditQuery, { format, language }: FileKind): Promise<TableFile> {
  const t = translator(auditWords, language)
  const detailsOf = (row: AuditEntry) =>
    row.erasedAt
      ? t('erased', { when: formatDate(row.erasedAt, language, actor.timeZone) })
      : row.details.map(({ name, value }) => `${name}: ${value}`).join('; ')
  const columns: Column<AuditEntry>[] = [
    { header: t('number'), kind: 'integer', width: 10, cell: (row) => Number(row.seq) },
    { header: t('when'), kind: 'instant', width: 17, cell: (row) => new Date(row.at) },
    { header: t('who'), kind: 'text', width: 26, cell: (row) => authorWords(row, t) },
    { header: t('what'), kind: 'text', width: 34, cell: (row) => actionWords(row.action, language) },
    { header: t('subject'), kind: 'text', width: 18, cell: (row) => typeWords(row.subjectType, language) },
    { header: t('details'), kind: 'text', width: 92, cell: detailsOf },
  ]
  async function read(page: number) {
    const { entries, total } = await listAuditEvents(actor, { ...query, page }, ROWS_OF_A_FILE)
    return { rows: entries, total, page, rowsPerPage: ROWS_OF_A_FILE }
  }
  const table = ownTable(actor, language, {
    title: t('title'),
    fileName: { ascii: 'oditna-sleda', full: t('title') },
    filters: [query.action && actionWords(query.action, language), query.type && typeWords(query.type, language)],
    sheets: [
      sheet(
        t('title'),
        columns,
        allPages(read, ({ seq }) => seq),
      ),
    ],
  })
  return tableFile(table, format)
}
