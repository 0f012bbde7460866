import type { ReactNode } from 'react'
import { common } from '~/i18n/common'
import { useT } from '~/i18n/use-language'
import { Button, LinkButton } from './button'
import { ActionForm, FormActions } from './form'
import type { FormState } from './form-state'
import { Notice } from './notice'
import { PageHeader, type Crumb } from './page-header'
import { uiWords } from './words'

type ConfirmPageProps = {
  title: ReactNode
  crumbs?: Crumb[]
  /** What will happen, in a sentence. */
  what: ReactNode
  /** To whom or what: names or counts. */
  affects?: ReactNode
  /** Why it cannot be undone; left out when it can. */
  because?: ReactNode
  /** That it cannot be undone, in words of its own: where what is done is itself called a cancellation. */
  final?: string
  confirmLabel: string
  danger?: boolean
  cancelTo: string
  cancelLabel?: string
  state?: FormState | null
  /** Further fields, such as the reason. */
  children?: ReactNode
}

/** A page of its own asks before something is done that matters: nothing is lost by a single press, with or without JavaScript. */
export function ConfirmPage({
  title,
  crumbs,
  what,
  affects,
  because,
  final,
  confirmLabel,
  danger,
  cancelTo,
  cancelLabel,
  state,
  children,
}: ConfirmPageProps) {
  const t = useT(uiWords)
  const words = useT(common)
  return (
    <>
      <PageHeader title={title} crumbs={crumbs} />
      <ActionForm state={state}>
        <p>{what}</p>
        {affects ? (
          <div>
            <p className="notice-title">{t('affects')}</p>
            {affects}
          </div>
        ) : null}
        {because ? (
          <Notice tone="warn" title={final ?? t('irreversible')}>
            {because}
          </Notice>
        ) : null}
        {children}
        <FormActions>
          <Button variant={danger ? 'danger' : 'primary'}>{confirmLabel}</Button>
          <LinkButton variant="quiet" to={cancelTo}>
            {cancelLabel ?? words('action.cancel')}
          </LinkButton>
        </FormActions>
      </ActionForm>
    </>
  )
}
