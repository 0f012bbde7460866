import Sun from 'lucide-react/icons/sun'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { sheetsWords } from '~/i18n/sheets'
import { translator } from '~/i18n/dictionary'
import { FileDrop } from '~/ui/file-drop'
import { ListCount, ListToolbar } from '~/ui/list-toolbar'
import { useDetail } from '~/routes/attendance/words'
import { UploadForm } from '~/routes/scans/upload-form'
import { EnrolmentChip, TrainingChip } from '~/routes/trainings/words'
import { PublicPage } from '~/ui/public-page'
import { AppShell, type Place } from '~/ui/shell'
import { screen, wordsOf } from '../screen'

const TRAINERS = [{ name: 'trainer', label: 'Обучител', empty: 'Всички', options: [{ value: '7', label: 'Момчил Хлебаров' }] }]
const Toolbar = () => <ListToolbar searchLabel="Курс" filters={TRAINERS} exportFormats={['csv']} />
const toolbar = (address: string) => screen(Toolbar, null, { at: address })

test('the filters of a list are folded until one is set, and say how many are', () => {
  expect(toolbar('/sheets?q=ана')).toContain('<details class="toolbar-filters"><summary>Филтри</summary>')
  expect(toolbar('/sheets?trainer=7')).toContain('<details class="toolbar-filters" open=""><summary>Филтри (1)</summary>')
})

test('the button of the filters stands outside their form and sends it without a script', () => {
  const html = toolbar('/sheets')
  const id = /<form[^>]* id="([^"]+)"/.exec(html)![1]!
  expect(html).toContain(`<button type="submit" form="${id}"`)
  expect(html.indexOf('</form>')).toBeLessThan(html.indexOf(`form="${id}"`))
})

test('a list says how many it holds in the words of its rows', () => {
  const t = translator(sheetsWords, 'bg')
  const said = (total: number) => renderToStaticMarkup(<ListCount total={total} noun={(count) => t('count', count)} />)
  expect([said(1), said(52), said(0)].map((html) => html.replace(/<[^>]+>/g, ''))).toEqual(['1 списък', '52 списъка', ''])
  expect(renderToStaticMarkup(<ListCount total={2} />)).toContain('2 записа')
  expect([t('tile.late', { count: 1 }), t('tile.late', { count: 3 }), t('tile.corrected', { count: 1 })]).toEqual([
    'закъснял',
    'закъснели',
    'коригиран след приключване',
  ])
})

test('one file is spoken of as one', () => {
  expect(renderToStaticMarkup(<FileDrop name="file" label="Файл" />)).toContain('или пуснете файла тук')
  expect(renderToStaticMarkup(<FileDrop name="files" label="Файлове" multiple />)).toContain('или пуснете файловете тук')
})

test('a state that only waits is no warning, and a triangle stands only where somebody must mend', () => {
  const icon = (html: string) => /lucide-([a-z-]+)/.exec(html.replace('lucide lucide', 'lucide'))![1]
  for (const state of ['requested', 'nominated', 'waiting'] as const) {
    const html = renderToStaticMarkup(<EnrolmentChip state={state} />)
    expect([html.includes('tone-info'), icon(html)], state).toEqual([true, 'clock'])
  }
  const trainings = (['upcoming', 'running', 'past', 'unscheduled', 'cancelled'] as const).map((state) =>
    icon(renderToStaticMarkup(<TrainingChip state={state} />)),
  )
  expect(trainings).toEqual(['calendar-clock', 'circle-play', 'circle-check', 'triangle-exclamation-point', 'ban'])
})

const place = (to: string, also?: string[]): Place => ({ to, label: to, icon: Sun, also })
const shell = (places: Place[], links: Place[]) => () => (
  <AppShell formFor="" municipality={null} account={{ name: 'Анна', role: '' }} places={places} accountLinks={links}>
    <h1>Страница</h1>
  </AppShell>
)
/** What „Още“ of a phone's bar holds, and whether it is marked as where the page is. */
function moreAt(at: string, places: Place[], links: Place[] = []) {
  const bar = /<ul class="places">.*?<\/nav>/.exec(screen(shell(places, links), null, { at }))![0]
  const more = /<li class="places-more">.*/.exec(bar)?.[0] ?? ''
  return { holds: [...more.matchAll(/href="([^"]+)"/g)].map(([, to]) => to), isMarked: more.includes('<summary data-current="true">') }
}

test('„Още“ holds what does not fit and is marked where the page is one of it', () => {
  const places = ['/', '/a', '/b', '/c', '/d', '/e'].map((to) => place(to, to === '/d' ? ['/elsewhere'] : undefined))
  expect(moreAt('/', places, [place('/audit')])).toEqual({ holds: ['/d', '/e'], isMarked: false })
  expect(['/e', '/e/7', '/elsewhere/7', '/a', '/dx'].map((at) => moreAt(at, places).isMarked)).toEqual([true, true, true, false, false])
})

test('where all places fit, „Още“ holds the links of the account’s menu, and without any it is left out', () => {
  const few = [place('/'), place('/a')]
  const links = [place('/account'), place('/audit')]
  expect(moreAt('/audit', few, links)).toEqual({ holds: ['/audit'], isMarked: true })
  expect(moreAt('/', few, [place('/account')]).holds).toEqual([])
})

test('a namesake is told apart by the number after the post', () => {
  const Told = () => {
    const detailOf = useDetail()
    return (
      <p>
        {detailOf(['социален работник', 'ЦОП'], '0417')}; {detailOf([null, 'ЦОП'], null)}
      </p>
    )
  }
  expect(wordsOf(screen(Told, null))).toBe('социален работник, ЦОП, №\u00a00417; ЦОП')
})

test('beside the register the pages are the second thing to send, alone they are the first', () => {
  const beside = screen(() => <UploadForm beside />, null)
  expect([beside.includes('Качи страниците'), beside.includes('button-primary')]).toEqual([true, false])
  const alone = screen(() => <UploadForm />, null)
  expect([alone.includes('Изпрати'), alone.includes('button-primary')]).toEqual([true, true])
})

test('a public page leads back whoever is signed in', () => {
  const main = (isSignedIn: boolean) =>
    /<main.*<\/main>/.exec(screen(() => <PublicPage isSignedIn={isSignedIn}>Проверка</PublicPage>, null))![0]
  expect([wordsOf(main(true)), wordsOf(main(false))]).toEqual(['‹ Днес Проверка', 'Проверка'])
})
