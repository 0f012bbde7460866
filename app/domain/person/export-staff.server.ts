import { translator } from '~/i18n/dictionary'
import { personWords } from '~/i18n/person'
import { tableWords } from '~/i18n/table'
import { tableFile, type FileKind, type TableFile } from '~/platform/table/file.server'
import { ownTable } from '~/platform/table/own-table.server'
import { allPages, sheet, ROWS_OF_A_FILE, type Column } from '~/platform/table/table'
import { authorize, type AccountActor } from '../policy'
import { serviceChoices } from '../service/service.server'
import { fullName, workplace } from './person'
import { searchPersons, type ListedPerson, type PersonFilter } from './person.server'

/** The staff the actor sees, narrowed as the list is, as a file. Throws `forbidden` for who may not see the list. */
export async function exportStaff(
  actor: AccountActor,
  { q, ...filter }: PersonFilter & { q: string },
  { format, language }: FileKind,
): Promise<TableFile> {
  authorize(actor, 'staff.list', null)
  const t = translator(personWords, language)
  const once = (texts: string[]) => [...new Set(texts)].join('; ')
  const columns: Column<ListedPerson>[] = [
    { header: t('employeeNumber'), kind: 'text', width: 14, cell: (row) => row.employeeNumber },
    { header: t('name'), kind: 'text', width: 32, cell: fullName },
    { header: t('post'), kind: 'text', width: 32, cell: ({ posts }) => once(posts.map(({ position }) => position)) || t('noPost') },
    { header: t('where'), kind: 'text', width: 36, cell: ({ posts }) => once(posts.map(workplace)) },
    {
      header: t('categoryLabel'),
      kind: 'text',
      width: 26,
      cell: ({ posts }) => once(posts.map(({ category }) => t(`category.${category}`))),
    },
  ]
  const services = filter.serviceId ? await serviceChoices(actor) : []
  const read = (page: number) => searchPersons(actor, q, { ...filter, page, rowsPerPage: ROWS_OF_A_FILE })
  const table = ownTable(actor, language, {
    title: t('staff'),
    fileName: { ascii: 'sluzhiteli', full: t('staff') },
    filters: [
      q && translator(tableWords, language)('search', { text: q }),
      services.find(({ id }) => id === filter.serviceId)?.name,
      filter.category && t(`category.${filter.category}`),
    ],
    sheets: [
      sheet(
        t('staff'),
        columns,
        allPages(read, ({ id }) => id),
      ),
    ],
  })
  return tableFile(table, format)
}
