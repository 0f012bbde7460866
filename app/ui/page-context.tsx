import { createContext, useContext, useMemo, type ReactNode } from 'react'
import type { Theme } from '~/i18n/language'

type Page = {
  theme: Theme
  /** A random UUID the server made for this document; submission keys of its forms derive from it. */
  renderKey: string
  /** `municipalityId.accountId`: whom the page was drawn for. Empty where nobody is signed in. */
  formFor: string
}

const PageContext = createContext<Page>({ theme: 'auto', renderKey: '00000000-0000-4000-8000-000000000000', formFor: '' })

export const usePage = (): Page => useContext(PageContext)

/** What is not given is taken from the provider above: the root sets theme and key, the shell whom its forms are for. */
export function PageProvider({ children, ...given }: Partial<Page> & { children: ReactNode }) {
  const outer = useContext(PageContext)
  const theme = given.theme ?? outer.theme
  const renderKey = given.renderKey ?? outer.renderKey
  const formFor = given.formFor ?? outer.formFor
  const page = useMemo(() => ({ theme, renderKey, formFor }), [theme, renderKey, formFor])
  return <PageContext.Provider value={page}>{children}</PageContext.Provider>
}
