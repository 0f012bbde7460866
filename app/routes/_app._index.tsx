import type { LoaderFunctionArgs } from '@remix-run/node'
import { placesWords } from '~/i18n/places'
import { useT } from '~/i18n/use-language'
import { asActor } from '~/platform/handlers.server'
import { PageHeader } from '~/ui/page-header'

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async (actor) => ({ name: actor.name }))
}

export default function HomePage() {
  const t = useT(placesWords)
  return <PageHeader title={t('today')} />
}
