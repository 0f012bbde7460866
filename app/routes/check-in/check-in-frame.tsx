import type { ReactNode } from 'react'
import { SpeechProvider } from '~/i18n/use-language'
import { PageProvider } from '~/ui/page-context'
import { PublicPage } from '~/ui/public-page'

/** The frame of a page that people open on a phone in the room: nothing but the one thing to do. */
export function CheckInFrame({ formFor, timeZone, children }: { formFor: string; timeZone: string; children: ReactNode }) {
  return (
    <SpeechProvider timeZone={timeZone}>
      <PageProvider formFor={formFor}>
        <PublicPage isSignedIn>{children}</PublicPage>
      </PageProvider>
    </SpeechProvider>
  )
}
