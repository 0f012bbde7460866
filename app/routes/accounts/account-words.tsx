import { Fragment } from 'react'
import type { AccountState } from '~/domain/account/account.server'
import { accountWords } from '~/i18n/account'
import { useT } from '~/i18n/use-language'
import type { Tone } from '~/ui/notice'
import { StatusChip } from '~/ui/status'

const TONES: Record<AccountState, Tone> = { active: 'good', invited: 'info', inactive: 'warn' }

/** Whether somebody can work here now. */
export function StateChip({ state }: { state: AccountState }) {
  const t = useT(accountWords)
  return <StatusChip tone={TONES[state]}>{t(`states.${state}`)}</StatusChip>
}

/** A login that breaks, where it must, after its @ and its dots. */
export function Login({ login }: { login: string }) {
  return (
    <>
      {login.split(/(?<=[@.])/).map((part, index) => (
        <Fragment key={index}>
          {index > 0 ? <wbr /> : null}
          {part}
        </Fragment>
      ))}
    </>
  )
}
