import { Form, Link, useLocation, useSearchParams } from '@remix-run/react'
import ChevronLeft from 'lucide-react/icons/chevron-left'
import ChevronRight from 'lucide-react/icons/chevron-right'
import Columns3 from 'lucide-react/icons/columns-3'
import { useId, type ReactNode } from 'react'
import { useFormat, useT } from '~/i18n/use-language'
import { Button, LinkButton } from './button'
import { ExportMenu, type ExportFormat } from './export-menu'
import { SearchField, SelectField, type Option } from './fields'
import { Icon } from './icon'
import { listAddress, pagesShown } from './list-address'
import { uiWords } from './words'

export type Filter = { name: string; label: string; options: Option[]; empty?: string | true }
type ToolbarProps = {
  /** Label of the search field (`?q=`); left out, the list is not searched. */
  searchLabel?: string
  filters?: Filter[]
  /** Parameters kept when the filter form is sent, `sort` among them. */
  keep?: string[]
  columns?: { list: string; options: Array<{ key: string; header: string }>; visible?: string[] }
  /** Formats of the export links, in order. */
  exportFormats?: readonly ExportFormat[]
  children?: ReactNode
}

const ALWAYS_KEPT = ['sort']

/**
 * Over a list: search and filters as a GET form, choice of columns, export with the same filters. On a phone the filters are folded away
 * unless one is set.
 */
export function ListToolbar({ searchLabel, filters = [], keep = [], columns, exportFormats = [], children }: ToolbarProps) {
  const t = useT(uiWords)
  const form = useId()
  const [params] = useSearchParams()
  const names = ['q', ...filters.map((filter) => filter.name)]
  const filtered = names.some((name) => params.get(name))
  const hasForm = Boolean(searchLabel) || filters.length > 0
  return (
    <div className="toolbar">
      {hasForm ? (
        <Form id={form} className="toolbar-fields" role="search" key={names.map((name) => params.get(name)).join('|')}>
          {[...ALWAYS_KEPT, ...keep].map((name) => {
            const value = params.get(name)
            return value ? <input key={name} type="hidden" name={name} value={value} /> : null
          })}
          {searchLabel ? <SearchField name="q" label={searchLabel} defaultValue={params.get('q') ?? ''} maxLength={200} /> : null}
          {filters.length > 0 ? <Filters filters={filters} /> : null}
        </Form>
      ) : null}
      <div className="toolbar-end">
        {hasForm ? <Button form={form}>{t('filter')}</Button> : null}
        {filtered ? (
          <LinkButton variant="quiet" to={listAddress(params, Object.fromEntries(names.map((name) => [name, null])))}>
            {t('clear')}
          </LinkButton>
        ) : null}
        {children}
        <div className="toolbar-menus">
          {columns ? <ColumnChoice {...columns} /> : null}
          {exportFormats.length > 0 ? <ExportMenu formats={exportFormats} /> : null}
        </div>
      </div>
    </div>
  )
}

function Filters({ filters }: { filters: Filter[] }) {
  const t = useT(uiWords)
  const [params] = useSearchParams()
  const set = filters.filter(({ name }) => params.get(name)).length
  return (
    <details className="toolbar-filters" open={set > 0}>
      <summary>{set > 0 ? t('filtersSet', { set }) : t('filters')}</summary>
      {filters.map((filter) => (
        <SelectField key={filter.name} {...filter} defaultValue={params.get(filter.name) ?? ''} />
      ))}
    </details>
  )
}

/** Posts the choice to the preferences, where a cookie keeps it. */
function ColumnChoice({ list, options, visible }: NonNullable<ToolbarProps['columns']>) {
  const t = useT(uiWords)
  const { pathname, search } = useLocation()
  return (
    <details className="menu" name="list-menu">
      <summary>
        <Icon of={Columns3} />
        {t('columns')}
      </summary>
      <form method="post" action="/preferences" className="menu-sheet">
        <input type="hidden" name="returnTo" value={pathname + search} />
        <input type="hidden" name="list" value={list} />
        {options.map(({ key, header }) => (
          <label key={key} className="choice">
            <input type="checkbox" name="column" value={key} defaultChecked={!visible || visible.includes(key)} />
            <span>{header}</span>
          </label>
        ))}
        <Button small>{t('apply')}</Button>
      </form>
    </details>
  )
}

/** „52 служители“ over a list, said by `noun` from the total; „52 записа“ without it. An empty list says so itself. */
export function ListCount({ total, noun }: { total: number; noun?: (values: { count: number }) => string }) {
  const t = useT(uiWords)
  const values = { count: total }
  return total > 0 ? <p className="list-count">{noun ? noun(values) : t('found', values)}</p> : null
}

/** The pages of a list; nothing where one page holds all. */
export function Pagination({ page, total, rowsPerPage }: { page: number; total: number; rowsPerPage: number }) {
  const t = useT(uiWords)
  const format = useFormat()
  const [params] = useSearchParams()
  const last = Math.ceil(total / rowsPerPage)
  if (last <= 1) return null
  const to = (number: number) => listAddress(params, { page: number === 1 ? null : number })
  return (
    <nav className="pager" aria-label={t('pages')}>
      <p className="figures">{t('ofTotal', { from: (page - 1) * rowsPerPage + 1, to: Math.min(page * rowsPerPage, total), total })}</p>
      <ul>
        {page > 1 ? (
          <li>
            <Link to={to(page - 1)} rel="prev">
              <Icon of={ChevronLeft} />
              {t('previous')}
            </Link>
          </li>
        ) : null}
        {pagesShown(page, last).map((number, index) => (
          <li key={number || `gap-${index}`}>
            {number === 0 ? (
              <span className="pager-gap">…</span>
            ) : number === page ? (
              <span aria-current="page" aria-label={t('page', { page: number })}>
                {format.number(number)}
              </span>
            ) : (
              <Link to={to(number)} aria-label={t('page', { page: number })}>
                {format.number(number)}
              </Link>
            )}
          </li>
        ))}
        {page < last ? (
          <li>
            <Link to={to(page + 1)} rel="next">
              {t('next')}
              <Icon of={ChevronRight} />
            </Link>
          </li>
        ) : null}
      </ul>
    </nav>
  )
}
