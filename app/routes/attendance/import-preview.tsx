import type { ImportPreview } from '~/domain/attendance/import-marks.server'
import { sameRecord, type Record } from '~/domain/attendance/attendance'
import { attendanceImportWords } from '~/i18n/attendance-import'
import { fullName, listName } from '~/i18n/format'
import { useT } from '~/i18n/use-language'
import { Button, LinkButton } from '~/ui/button'
import { DataTable } from '~/ui/data-table'
import { SelectField } from '~/ui/fields'
import { ActionForm, FormActions } from '~/ui/form'
import { Notice } from '~/ui/notice'
import { Section } from '~/ui/page-header'
import { PersonChip } from '~/ui/status'
import { useRecordWords } from './words'

type Row = ImportPreview['rows'][number]
type Sure = Row & { personId: string; typed: Record }

/** What a file says, before any of it is recorded: what changes, who has to be chosen among namesakes, and what is left out and why. */
export function MarksPreview({ preview, here, back }: { preview: ImportPreview; here: string; back: string }) {
  const t = useT(attendanceImportWords)
  const { rows, people, fileName, seen, unmarked, missing } = preview
  const sure = rows.flatMap((row): Sure[] =>
    row.problem || !row.typed ? [] : [{ ...row, personId: row.candidates[0]!, typed: row.typed }],
  )
  const namesakes = rows.filter(({ problem, typed }) => problem === 'namesakes' && typed)
  const left = rows.filter(({ problem }) => problem && problem !== 'namesakes')
  return (
    <>
      <p>
        <strong>{fileName}</strong>
      </p>
      {unmarked > 0 ? <Notice tone="info">{t('unmarked', { count: unmarked })}</Notice> : null}
      {missing.length > 0 ? <Notice tone="info">{t('missing', { count: missing.length })}</Notice> : null}
      {left.length > 0 ? <LeftOut rows={left} /> : null}
      {sure.length + namesakes.length === 0 ? (
        <Notice tone="warn" title={t('nothing')}>
          <LinkButton small to={here}>
            {t('another')}
          </LinkButton>
        </Notice>
      ) : (
        <ActionForm className="grid gap-4">
          <input type="hidden" name="intent" value="record" />
          <input type="hidden" name="seen" value={seen} />
          <input type="hidden" name="fileName" value={fileName} />
          {namesakes.length > 0 ? <Namesakes rows={namesakes} people={people} /> : null}
          {sure.length > 0 ? <Changes rows={sure} people={people} /> : null}
          <FormActions>
            <Button variant="primary">{t('record')}</Button>
            <LinkButton variant="quiet" to={here} document>
              {t('another')}
            </LinkButton>
            <LinkButton variant="quiet" to={back}>
              {t('cancel')}
            </LinkButton>
          </FormActions>
        </ActionForm>
      )}
    </>
  )
}

type Given = { rows: Row[]; people: ImportPreview['people'] }

function Changes({ rows, people }: { rows: Sure[]; people: Given['people'] }) {
  const t = useT(attendanceImportWords)
  const say = useRecordWords()
  return (
    <Section title={t('willRecord')}>
      {rows.map(({ personId, typed }) => (
        <span key={personId} hidden>
          <input type="hidden" name={`mark.${personId}`} value={typed.mark} />
          <input type="hidden" name={`late.${personId}`} value={typed.lateMinutes} />
          <input type="hidden" name={`early.${personId}`} value={typed.leftEarlyMinutes} />
        </span>
      ))}
      <DataTable
        caption={t('caption')}
        captionHidden
        rows={rows}
        rowKey={({ personId }) => personId}
        columns={[
          {
            key: 'person',
            header: t('person'),
            cell: ({ personId }) => {
              const person = people[personId]!
              return <PersonChip name={listName(person)} position={person.position} service={person.unit} />
            },
          },
          {
            key: 'now',
            header: t('now'),
            cell: ({ personId }) => (people[personId]!.now ? say(people[personId]!.now) : t('nothingNow')),
          },
          {
            key: 'willBe',
            header: t('willBe'),
            cell: ({ personId, typed }) => (sameRecord(people[personId]!.now, typed) ? t('same') : <strong>{say(typed)}</strong>),
          },
          { key: 'line', header: t('line'), numeric: true, cell: ({ line }) => line },
        ]}
      />
    </Section>
  )
}

function Namesakes({ rows, people }: Given) {
  const t = useT(attendanceImportWords)
  const say = useRecordWords()
  return (
    <Section title={t('namesakes')}>
      <p>{t('namesakesHint')}</p>
      {rows.map(({ line, name, typed, candidates }) => (
        <div key={line}>
          <input type="hidden" name={`says.${line}`} value={`${typed!.mark}|${typed!.lateMinutes}|${typed!.leftEarlyMinutes}`} />
          <SelectField
            name={`who.${line}`}
            label={t('choice', { line, name, mark: say(typed!) })}
            empty={t('skip')}
            options={candidates.map((id) => ({
              value: id,
              label: [fullName(people[id]!), people[id]!.position, people[id]!.unit].filter(Boolean).join(', '),
            }))}
          />
        </div>
      ))}
    </Section>
  )
}

function LeftOut({ rows }: { rows: Row[] }) {
  const t = useT(attendanceImportWords)
  return (
    <Section title={t('left')}>
      <DataTable
        caption={t('leftCaption')}
        captionHidden
        rows={rows}
        rowKey={({ line }) => String(line)}
        columns={[
          { key: 'name', header: t('person'), cell: ({ name }) => name },
          { key: 'why', header: t('why'), cell: ({ problem }) => (problem && problem !== 'namesakes' ? t(`problem.${problem}`) : null) },
          { key: 'line', header: t('line'), numeric: true, cell: ({ line }) => line },
        ]}
      />
    </Section>
  )
}
