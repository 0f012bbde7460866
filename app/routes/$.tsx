import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { asAnyone } from '~/platform/handlers.server'

/** Takes every address that is no page: only a route that is found brings the language and the appearance to the error page. */
export function loader(args: LoaderFunctionArgs) {
  return asAnyone(args, () => {
    throw data(null, 404)
  })
}

export default function NoPage() {
  return null
}
