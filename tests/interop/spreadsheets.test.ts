import { expect, test } from 'vitest'
import { tableFile } from '~/platform/table/file.server'
import { sheet, type Cell, type Column, type Table } from '~/platform/table/table'
import { csvRows, workbookOf } from '../tables'
import { convertedByLibreOffice } from './libre-office'

/** Semicolons, quotes, UTF-8, every cell as it is shown, every sheet into a file of its own. */
const AS_SHOWN = 'csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,true,false,false,-1'

/** Opens a file in LibreOffice and returns its sheets by name, each cell as the program shows it. */
async function shownByLibreOffice(bytes: Uint8Array, ending: string): Promise<Record<string, string[][]>> {
  const files = await convertedByLibreOffice(bytes, ending, AS_SHOWN)
  return Object.fromEntries([...files].map(([name, content]) => [name.slice('table-'.length, -'.csv'.length), csvRows(content)]))
}

const columns: Column<Cell[]>[] = [
  { header: 'Име', kind: 'text', width: 30, cell: ([value]) => value! },
  { header: 'Минути', kind: 'integer', width: 10, cell: ([, value]) => value! },
  { header: 'Часове', kind: 'decimal', width: 10, cell: ([, , value]) => value! },
  { header: 'Ден', kind: 'date', width: 12, cell: ([, , , value]) => value! },
  { header: 'Начало', kind: 'instant', width: 17, cell: ([, , , , value]) => value! },
]
const rows: Cell[][] = [
  ['Ана-Мария О’Конър', 180, 4, '2026-03-29', new Date('2026-03-28T23:30:00Z')],
  ['=HYPERLINK("http://example.test";"вижте")', 240, 5.3, '2026-10-25', new Date('2026-10-25T03:00:00Z')],
  ["=cmd|' /C calc'!A0", 0, 0.1, '2024-02-29', new Date('2026-10-25T00:30:00Z')],
  ['007', 12345, 1234.5, '1999-12-31', new Date('2026-10-25T01:30:00Z')],
  ['_x0041_ <b>&amp;</b> "кавички"', null, null, null, null],
]
/** Worked out by hand: 23:30 UTC before the change is half past one; 00:30 and 01:30 UTC of 25 October are both half past three. */
const SHOWN = [
  ['Име', 'Минути', 'Часове', 'Ден', 'Начало'],
  ['Ана-Мария О’Конър', '180', '4.0', '29.03.2026', '29.03.2026 01:30'],
  ['=HYPERLINK("http://example.test";"вижте")', '240', '5.3', '25.10.2026', '25.10.2026 05:00'],
  ["=cmd|' /C calc'!A0", '0', '0.1', '29.02.2024', '25.10.2026 03:30'],
  ['007', '12,345', '1,234.5', '31.12.1999', '25.10.2026 03:30'],
  ['_x0041_ <b>&amp;</b> "кавички"', '', '', '', ''],
]
const table: Table = {
  title: 'Присъствие',
  facts: () => [
    ['Община', '=1+1'],
    ['Изготвено на', '02.11.2026 г., 12:00'],
  ],
  factsName: 'За файла',
  sheets: [sheet('Редове', columns, [rows]), sheet('По лица', columns.slice(0, 2), [[['Ана', 180]]])],
  fileName: { ascii: 'prisastvie', full: 'Присъствие' },
  language: 'bg',
  timeZone: 'Europe/Sofia',
  author: 'Община Елена',
  createdAt: new Date('2026-11-02T10:00:00Z'),
  isEuFunded: false,
}

test.each(['xlsx', 'ods'] as const)('LibreOffice shows every cell of our %s as it was meant', async (format) => {
  const { bytes } = await tableFile(table, format)
  expect(await shownByLibreOffice(bytes, format)).toEqual({
    Редове: SHOWN,
    'По лица': [
      ['Име', 'Минути'],
      ['Ана', '180'],
    ],
    'За файла': [
      ['Присъствие', ''],
      ['Община', '=1+1'],
      ['Изготвено на', '02.11.2026 г., 12:00'],
    ],
  })
})

test('LibreOffice reads our CSV, and nothing in it is calculated', async () => {
  const { bytes } = await tableFile(table, 'csv')
  const asExcelDoes = '--infilter=CSV:59,34,76,1,,1026,false,true,false,true'
  const files = await convertedByLibreOffice(bytes, 'csv', 'ods', [asExcelDoes])
  const [read] = Object.values(workbookOf(files.get('table.ods')!)) // throws on a formula or a link
  expect(
    read!.slice(1, 5).map(([name, minutes, hours, day, start]) => [name!.type, minutes!.value, hours!.value, day!.value, start!.value]),
  ).toEqual([
    ['text', 180, 4, '2026-03-29 00:00', '2026-03-29 01:30'],
    ['text', 240, 5.3, '2026-10-25 00:00', '2026-10-25 05:00'],
    ['text', 0, 0.1, '2024-02-29 00:00', '2026-10-25 03:30'],
    ['number', 12345, 1234.5, '1999-12-31 00:00', '2026-10-25 03:30'],
  ])
})
