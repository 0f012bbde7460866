import type { SheetPerson } from '~/domain/attendance/import-marks.server'
import type { ReadRow } from '~/domain/attendance/marks-in-file'
import { offered } from '~/domain/attendance/offered'
import { packedRead, type Read } from '~/domain/attendance/read-again'
import { sameRecord, type Record } from '~/domain/attendance/attendance'
import { attendanceImportWords } from '~/i18n/attendance-import'
import { fullName, listName } from '~/i18n/format'
import { useT } from '~/i18n/use-language'
import { Button, LinkButton } from '~/ui/button'
import { DataTable } from '~/ui/data-table'
import { SelectField } from '~/ui/fields'
import { ActionForm, FormActions } from '~/ui/form'
import type { FormState } from '~/ui/form-state'
import { Notice } from '~/ui/notice'
import { Section } from '~/ui/page-header'
import { PersonChip } from '~/ui/status'
import { LateReason } from './closing-state'
import { useDetail, useRecordWords } from './words'

type Sure = ReadRow & { personId: string; typed: Record }
type People = { [personId: string]: SheetPerson }
type Props = {
  /** The sheet as it stands now. */
  page: { session: { id: string }; people: People; seen: string; needsReason: boolean }
  read: Read
  fileName: string
  /** The refused recording of the same file. */
  state: FormState | null
  restored: boolean
  here: string
  back: string
}

/**
 * What a file says beside what there is now, before any of it is recorded: what changes, who has to be chosen, and what is left out and
 * why. Drawn anew after a refusal too, so it always speaks of the sheet as it stands.
 */
export function MarksPreview({ page, read, fileName, state, restored, here, back }: Props) {
  const t = useT(attendanceImportWords)
  const { people } = page
  const { rows, unmarked, missing } = read
  const sure = rows.flatMap((row): Sure[] =>
    row.problem || !row.typed ? [] : [{ ...row, personId: row.candidates[0]!, typed: row.typed }],
  )
  const isChoice = ({ problem, typed }: ReadRow) => (problem === 'namesakes' || problem === 'other_name') && typed !== null
  const choices = rows.filter(isChoice)
  const left = rows.filter((row) => row.problem && !isChoice(row))
  return (
    <>
      <p>
        <strong>{fileName}</strong>
      </p>
      {unmarked > 0 ? <Notice tone="info">{t('unmarked', { count: unmarked })}</Notice> : null}
      {missing > 0 ? <Notice tone="info">{t('missing', { count: missing })}</Notice> : null}
      {left.length > 0 ? <LeftOut rows={left} /> : null}
      {sure.length + choices.length === 0 ? (
        <Notice tone="warn" title={t('nothing')}>
          <LinkButton small to={here}>
            {t('another')}
          </LinkButton>
        </Notice>
      ) : (
        <ActionForm className="grid gap-4" state={state} restored={restored}>
          <input type="hidden" name="intent" value="record" />
          <input type="hidden" name="session" value={page.session.id} />
          <input type="hidden" name="seen" value={page.seen} />
          <input type="hidden" name="fileName" value={fileName} />
          <input type="hidden" name="preview" value={packedRead(read)} />
          {page.needsReason ? <LateReason /> : null}
          {choices.length > 0 ? <Choices rows={choices} people={people} /> : null}
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

type Given = { rows: ReadRow[]; people: People }

function Changes({ rows, people }: { rows: Sure[]; people: People }) {
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
              return <PersonChip name={listName(person)} position={person.position} service={person.unit} number={person.number} />
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

function Choices({ rows, people }: Given) {
  const detailOf = useDetail()
  const t = useT(attendanceImportWords)
  const say = useRecordWords()
  return (
    <Section title={t('namesakes')}>
      {rows.map(({ line, name, typed, candidates, problem }) => (
        <div key={line}>
          <input type="hidden" name={`says.${line}`} value={offered(typed!).replaceAll('.', '|')} />
          <SelectField
            name={`who.${line}`}
            label={t('choice', { line, name, mark: say(typed!) })}
            hint={problem === 'other_name' ? t('otherNameHint') : t('namesakesHint')}
            empty={t('skip')}
            options={candidates.map((id) => ({
              value: id,
              label: detailOf([fullName(people[id]!), people[id]!.position, people[id]!.unit], people[id]!.number),
            }))}
          />
        </div>
      ))}
    </Section>
  )
}

function LeftOut({ rows }: { rows: ReadRow[] }) {
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
          { key: 'why', header: t('why'), cell: ({ problem }) => (problem ? t(`problem.${problem}`) : null) },
          { key: 'line', header: t('line'), numeric: true, cell: ({ line }) => line },
        ]}
      />
    </Section>
  )
}
