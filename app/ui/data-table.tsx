import { Link, useSearchParams } from '@remix-run/react'
import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowUp from 'lucide-react/icons/arrow-up'
import ChevronsUpDown from 'lucide-react/icons/chevrons-up-down'
import type { ReactNode } from 'react'
import { useT } from '~/i18n/use-language'
import { Icon } from './icon'
import { listAddress, type Sort } from './list-address'
import { uiWords } from './words'

export type Column<Row> = {
  key: string
  header: string
  cell: (row: Row) => ReactNode
  /** The head becomes a link that sorts by `key`. */
  sortable?: boolean
  /** Digits stand under each other at the end of the cell. */
  numeric?: boolean
}

type DataTableProps<Row> = {
  /** Says what the table holds; `captionHidden` keeps it for screen readers where a heading already says it. */
  caption: ReactNode
  captionHidden?: boolean
  /** The first column names the row: it is its row header, and its link where `rowTo` is given. */
  columns: Column<Row>[]
  rows: Row[]
  rowKey: (row: Row) => string
  rowTo?: (row: Row) => string
  rowActions?: (row: Row) => ReactNode
  sort?: Sort
  /** Keys of the columns to show; undefined shows all. The first column always stays. */
  visible?: string[]
  /** A row of totals, by column key. */
  totals?: Record<string, ReactNode>
  /** Shown instead of a table without rows. */
  empty?: ReactNode
}

/** A table with a sticky head, sort links and row actions; under 640 px every row is a card. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, captionHidden, rows, rowKey, rowTo, rowActions, sort, visible, totals, empty } = props
  const t = useT(uiWords)
  const columns = props.columns.filter((column, index) => index === 0 || !visible || visible.includes(column.key))
  if (rows.length === 0 && empty) return <>{empty}</>
  return (
    <div className="table-frame">
      <table className="table">
        <caption className={captionHidden ? 'sr-only' : undefined}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.key} column={column} sort={sort} />
            ))}
            {rowActions ? (
              <th scope="col">
                <span className="sr-only">{t('actions')}</span>
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column, index) =>
                index === 0 ? (
                  <th key={column.key} scope="row" className={column.numeric ? 'numeric' : undefined}>
                    {rowTo ? <Link to={rowTo(row)}>{column.cell(row)}</Link> : column.cell(row)}
                  </th>
                ) : (
                  <td key={column.key} data-label={column.header} className={column.numeric ? 'numeric' : undefined}>
                    {column.cell(row)}
                  </td>
                ),
              )}
              {rowActions ? (
                <td>
                  <div className="row-actions">{rowActions(row)}</div>
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
        {totals ? <Totals columns={columns} totals={totals} hasActions={Boolean(rowActions)} /> : null}
      </table>
    </div>
  )
}

function Totals<Row>({ columns, totals, hasActions }: { columns: Column<Row>[]; totals: Record<string, ReactNode>; hasActions: boolean }) {
  return (
    <tfoot>
      <tr>
        {columns.map((column, index) =>
          index === 0 ? (
            <th key={column.key} scope="row">
              {totals[column.key]}
            </th>
          ) : (
            <td
              key={column.key}
              data-label={totals[column.key] ? column.header : undefined}
              className={column.numeric ? 'numeric' : undefined}
            >
              {totals[column.key]}
            </td>
          ),
        )}
        {hasActions ? <td>&nbsp;</td> : null}
      </tr>
    </tfoot>
  )
}

function Head<Row>({ column, sort }: { column: Column<Row>; sort?: Sort }) {
  const sorted = sort?.key === column.key ? (sort.descending ? 'descending' : 'ascending') : undefined
  return (
    <th scope="col" className={column.numeric ? 'numeric' : undefined} aria-sort={sorted}>
      {column.sortable ? <SortLink column={column} sorted={sorted} /> : column.header}
    </th>
  )
}

function SortLink<Row>({ column, sorted }: { column: Column<Row>; sorted?: 'ascending' | 'descending' }) {
  const t = useT(uiWords)
  const [params] = useSearchParams()
  const next = sorted === 'ascending' ? `-${column.key}` : column.key
  return (
    <Link to={listAddress(params, { sort: next })} className="table-sort" title={t('sortBy', { column: column.header })} preventScrollReset>
      {column.header}
      <Icon of={sorted === 'ascending' ? ArrowUp : sorted === 'descending' ? ArrowDown : ChevronsUpDown} />
    </Link>
  )
}
