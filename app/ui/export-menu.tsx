import { useLocation } from '@remix-run/react'
import Download from 'lucide-react/icons/download'
import type { ReactNode } from 'react'
import { useT } from '~/i18n/use-language'
import { Icon } from './icon'
import { listAddress } from './list-address'
import { uiWords } from './words'

const FORMAT_NAMES = { csv: 'CSV', xlsx: 'Excel (.xlsx)', ods: 'OpenDocument (.ods)', pdf: 'PDF' }
export type ExportFormat = keyof typeof FORMAT_NAMES
export const EXPORT_FORMATS = ['csv', 'xlsx', 'ods', 'pdf'] as const satisfies ExportFormat[]

type ExportMenuProps = {
  formats?: readonly ExportFormat[]
  /** Where the files are; the address of this page with its filters unless given. */
  to?: string
  /** Left out, „Изтегли“. */
  label?: ReactNode
}

/** The page as a file, in each format: a menu that opens without JavaScript. The filters in the address go along, the page number does not. */
export function ExportMenu({ formats = EXPORT_FORMATS, to, label }: ExportMenuProps) {
  const t = useT(uiWords)
  const { pathname, search } = useLocation()
  const [path = '', query = ''] = (to ?? pathname + search).split('?')
  return (
    <details className="menu" name="list-menu">
      <summary>
        <Icon of={Download} />
        {label ?? t('export')}
      </summary>
      <ul className="menu-sheet">
        {formats.map((format) => (
          <li key={format}>
            <a className="menu-item" href={path + listAddress(new URLSearchParams(query), { format, page: null })}>
              {FORMAT_NAMES[format]}
            </a>
          </li>
        ))}
      </ul>
    </details>
  )
}
