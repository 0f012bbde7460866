import { NEEDED_COLUMNS, SHEET_COLUMNS, type SheetColumn } from '~/domain/funder/funder'
import { funderWords } from '~/i18n/funder'
import { useT } from '~/i18n/use-language'
import { Checkbox, DateField, SelectField, TextArea } from '~/ui/fields'
import { FileDrop } from '~/ui/file-drop'

type Start = { validFrom: string; showsEuBlock: boolean; statement: string | null; columns: readonly SheetColumn[]; hasLogo: boolean }

const needed = (column: SheetColumn) => NEEDED_COLUMNS.some((one) => one === column)

/** The fields of a version, a first one or one that follows another. */
export function VersionFields({ start, earliest, longestStatement }: { start: Start; earliest?: string; longestStatement: number }) {
  const t = useT(funderWords)
  const places = SHEET_COLUMNS.map((_, index) => ({ value: String(index + 1), label: t('place', { number: index + 1 }) }))
  const placeOf = (column: SheetColumn) => (start.columns.includes(column) ? start.columns.indexOf(column) + 1 : undefined)
  return (
    <>
      <DateField
        name="validFrom"
        label={t('validFrom')}
        hint={t(earliest ? 'versionHint' : 'firstHint')}
        defaultValue={start.validFrom}
        required
        min={earliest ?? '1990-01-01'}
        max="2099-12-31"
      />
      <Checkbox name="showsEuBlock" label={t('showsEuBlock')} hint={t('showsEuBlockHint')} defaultChecked={start.showsEuBlock} />
      <TextArea
        name="statement"
        label={t('statement')}
        hint={t('statementHint')}
        defaultValue={start.statement ?? undefined}
        optional
        rows={3}
        maxLength={longestStatement}
      />
      <fieldset className="field" aria-describedby="columns-hint">
        <legend>{t('columns')}</legend>
        <p id="columns-hint" className="field-hint">
          {t('columnsHint')}
        </p>
        <div className="mt-3 grid grid-cols-[repeat(auto-fill,minmax(10rem,1fr))] gap-5">
          {SHEET_COLUMNS.map((column) => (
            <SelectField
              key={column}
              name={`places.${column}`}
              label={t(`column.${column}`)}
              defaultValue={placeOf(column)}
              {...(needed(column) ? { required: true } : { empty: t('leftOut') })}
              options={places}
            />
          ))}
        </div>
      </fieldset>
      {start.hasLogo ? <Checkbox name="keepsLogo" label={t('keepsLogo')} hint={t('keepsLogoHint')} defaultChecked /> : null}
      <FileDrop name="logo" label={t('logo')} optional hint={t('logoHint')} accept="image/png,image/jpeg" />
    </>
  )
}
