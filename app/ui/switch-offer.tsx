import { isRouteErrorResponse, useLocation } from '@remix-run/react'
import Building2 from 'lucide-react/icons/building-2'
import { dictionary } from '~/i18n/dictionary'
import { useT } from '~/i18n/use-language'
import { Button } from './button'

const switchWords = dictionary('switch-offer', {
  bg: { text: 'Тази страница е на друга Ваша община: {{name}}.', button: 'Превключи към {{name}}' },
  en: { text: 'This page belongs to another of your municipalities: {{name}}.', button: 'Switch to {{name}}' },
})

function offered(error: unknown): { id: string; name: string } | null {
  const to: unknown = isRouteErrorResponse(error) ? error.data?.switchTo : null
  return to && typeof to === 'object' && 'id' in to && 'name' in to ? { id: String(to.id), name: String(to.name) } : null
}

/** Where the refused page belongs to another municipality of the reader's (`error.data.switchTo`): a way to work there, at the same address. */
export function SwitchOffer({ error }: { error: unknown }) {
  const t = useT(switchWords)
  const { pathname, search } = useLocation()
  const to = offered(error)
  if (!to) return null
  return (
    <form method="post" action="/switch-municipality">
      <input type="hidden" name="municipalityId" value={to.id} />
      <input type="hidden" name="next" value={pathname + search} />
      <p>{t('text', { name: to.name })}</p>
      <Button variant="primary" icon={Building2}>
        {t('button', { name: to.name })}
      </Button>
    </form>
  )
}
