import { translator } from '~/i18n/dictionary'
import { sheetsWords } from '~/i18n/sheets'
import { tableWords } from '~/i18n/table'
import { tableFile, type FileKind, type TableFile } from '~/platform/table/file.server'
import { ownTable } from '~/platform/table/own-table.server'
import { allPages, sheet, ROWS_OF_A_FILE, type Column } from '~/platform/table/table'
import type { AccountActor } from '../policy'
import type { SheetsFilter } from './sheet-schema'
import { statesToTell } from './sheets'
import { sheetsPage, type SheetListed } from './sheets-list.server'

/** The overview of the sheets with its filters as a file: the rows of the page, all of them. Throws `forbidden` for who keeps no sheets. */
export async function exportSheets(actor: AccountActor, filter: SheetsFilter, { format, language }: FileKind): Promise<TableFile> {
  const t = translator(sheetsWords, language)
  const { trainers } = await sheetsPage(actor, { ...filter, page: 1 }, 1)
  const columns: Column<SheetListed>[] = [
    { header: t('session'), kind: 'text', width: 40, cell: (row) => (language === 'en' && row.titleEn) || row.title },
    { header: t('file.startsAt'), kind: 'instant', width: 17, cell: (row) => row.startsAt },
    { header: t('file.endsAt'), kind: 'instant', width: 17, cell: (row) => row.endsAt },
    { header: t('file.place'), kind: 'text', width: 26, notOnPaper: true, cell: (row) => row.place },
    { header: t('trainer'), kind: 'text', width: 24, cell: (row) => row.trainer },
    {
      header: t('sheet'),
      kind: 'text',
      width: 26,
      cell: (row) =>
        statesToTell(row)
          .map((state) => t(`chip.${state}`))
          .join('; '),
    },
    { header: t('file.seats'), kind: 'integer', width: 11, cell: (row) => row.seatsTaken },
    { header: t('file.marked'), kind: 'integer', width: 12, cell: (row) => row.marked },
    { header: t('file.present'), kind: 'integer', width: 12, cell: (row) => row.present },
    { header: t('file.closedAt'), kind: 'instant', width: 17, cell: (row) => row.closedAt },
    { header: t('file.closedBy'), kind: 'text', width: 24, notOnPaper: true, cell: (row) => row.closedByName },
  ]
  const table = ownTable(actor, language, {
    title: t('title'),
    fileName: { ascii: 'prisastveni-spisatsi', full: t('title') },
    filters: [
      filter.state && `${t('stateFilter')}: ${t(`state.${filter.state}`)}`,
      filter.q && translator(tableWords, language)('search', { text: filter.q }),
      trainers.find(({ accountId }) => accountId === filter.trainer)?.displayName,
    ],
    sheets: [
      sheet(
        t('title'),
        columns,
        allPages(
          (page) => sheetsPage(actor, { ...filter, page }, ROWS_OF_A_FILE),
          ({ sessionId }) => sessionId,
        ),
      ),
    ],
  })
  return tableFile(table, format)
}
