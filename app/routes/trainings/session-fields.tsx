import { trainingWords } from '~/i18n/training'
import { useT } from '~/i18n/use-language'
import { CHECK_IN, CODE_SECONDS, MOST_OPENS_MINUTES } from '~/domain/session/session'
import { Checkbox, DateField, NumberField, TimeField } from '~/ui/fields'
import { FieldRow } from '~/ui/form'

type Times = { date?: string; from?: string; to?: string; breaks?: { from: string; to: string }[] }

/** Date, start, end and breaks of one session; `at` goes before the names of the fields. Two empty breaks are always there. */
export function SessionFields({
  at = '',
  times = {},
  breaks,
  required,
}: {
  at?: string
  times?: Times
  breaks?: number
  required?: boolean
}) {
  const t = useT(trainingWords)
  const rows = breaks ?? Math.min(6, (times.breaks?.length ?? 0) + 2)
  return (
    <>
      <FieldRow>
        <DateField name={`${at}date`} label={t('date')} defaultValue={times.date} required={required} min="1990-01-01" max="2099-12-31" />
        <FieldRow pair>
          <TimeField name={`${at}from`} label={t('from')} defaultValue={times.from} required={required} />
          <TimeField name={`${at}to`} label={t('to')} defaultValue={times.to} required={required} />
        </FieldRow>
      </FieldRow>
      <p className="field-hint">{t('toHint')}</p>
      <details open={Boolean(times.breaks?.length) || undefined}>
        <summary>{t('breaks')}</summary>
        <div className="form">
          <p className="field-hint">{t('breaksHint')}</p>
          {Array.from({ length: rows }, (_, index) => (
            <FieldRow key={index} pair>
              <TimeField
                name={`${at}breaks[${index}].from`}
                label={t('breakFrom', { number: index + 1 })}
                defaultValue={times.breaks?.[index]?.from}
              />
              <TimeField
                name={`${at}breaks[${index}].to`}
                label={t('breakTo', { number: index + 1 })}
                defaultValue={times.breaks?.[index]?.to}
              />
            </FieldRow>
          ))}
        </div>
      </details>
    </>
  )
}

type CheckIn = { checkInOpensMinutes: number; codeSeconds: number; hasCheckOut: boolean }

/** How people check in by code; what hardly anybody changes stays folded. */
export function CheckInFields({ session }: { session?: CheckIn }) {
  const t = useT(trainingWords)
  const opens = session?.checkInOpensMinutes ?? CHECK_IN.opensMinutes
  const seconds = session?.codeSeconds ?? CHECK_IN.codeSeconds
  const isUsual = opens === CHECK_IN.opensMinutes && seconds === CHECK_IN.codeSeconds && !session?.hasCheckOut
  return (
    <details open={!isUsual || undefined}>
      <summary>{t('checkIn')}</summary>
      <div className="form mt-3">
        <FieldRow>
          <NumberField
            name="checkInOpensMinutes"
            label={t('checkInOpens')}
            hint={t('checkInOpensHint')}
            inputMode="numeric"
            step={1}
            min={0}
            max={MOST_OPENS_MINUTES}
            required
            defaultValue={opens}
          />
          <NumberField
            name="codeSeconds"
            label={t('codeSeconds')}
            hint={t('codeSecondsHint')}
            inputMode="numeric"
            step={1}
            {...CODE_SECONDS}
            required
            defaultValue={seconds}
          />
        </FieldRow>
        <Checkbox name="hasCheckOut" label={t('checkOut')} hint={t('checkOutHint')} defaultChecked={session?.hasCheckOut} />
      </div>
    </details>
  )
}
