import { data, type LoaderFunctionArgs, type SerializeFrom } from '@remix-run/node'
import { Outlet, useLoaderData, useMatches, useRouteError, useRouteLoaderData, type ShouldRevalidateFunctionArgs } from '@remix-run/react'
import Award from 'lucide-react/icons/award'
import BookOpen from 'lucide-react/icons/book-open'
import Building from 'lucide-react/icons/building'
import CalendarDays from 'lucide-react/icons/calendar-days'
import ClipboardCheck from 'lucide-react/icons/clipboard-check'
import FolderKanban from 'lucide-react/icons/folder-kanban'
import KeyRound from 'lucide-react/icons/key-round'
import ScrollText from 'lucide-react/icons/scroll-text'
import Server from 'lucide-react/icons/server'
import Sun from 'lucide-react/icons/sun'
import UserCog from 'lucide-react/icons/user-cog'
import Users from 'lucide-react/icons/users'
import type { ReactNode } from 'react'
import { can } from '~/domain/policy'
import { common } from '~/i18n/common'
import { translateError } from '~/i18n/errors.server'
import { placesWords } from '~/i18n/places'
import { languageOf } from '~/i18n/preferences'
import { useT } from '~/i18n/use-language'
import { asActor, principalOf } from '~/platform/handlers.server'
import { restoreSubmission } from '~/platform/pending.server'
import { takeToast } from '~/platform/toast.server'
import { ErrorMessage, ErrorPage } from '~/ui/error-page'
import { isKept } from '~/ui/kept-result'
import { AppShell, type Place } from '~/ui/shell'
import { StatusChip } from '~/ui/status'

export function loader(args: LoaderFunctionArgs) {
  const { request } = args
  return asActor(args, async (actor) => {
    const cookies = request.headers.get('cookie')
    const [principal, left, restored] = await Promise.all([
      principalOf(args),
      takeToast(cookies),
      cookies?.includes('pending=')
        ? restoreSubmission(cookies, new URL(request.url).pathname.replace(/\.data$/, ''), actor.accountId, actor.municipalityId)
        : null,
    ])
    const frame = {
      formFor: `${actor.municipalityId}.${actor.accountId}`,
      name: actor.name,
      roles: actor.roles,
      timeZone: actor.timeZone,
      academicHourMinutes: actor.academicHourMinutes,
      isDemo: actor.isDemo,
      municipality: { id: actor.municipalityId, name: actor.municipality },
      others: (principal?.workPlaces ?? [])
        .filter((place) => place.municipalityId !== actor.municipalityId)
        .map((place) => ({ id: place.municipalityId, name: place.municipality })),
      isInstallationAdmin: principal?.isInstallationAdmin ?? false,
      may: {
        trainings: can(actor, 'training.list', null),
        sheets: can(actor, 'sheet.list', null),
        courses: can(actor, 'course.list', null),
        staff: can(actor, 'staff.list', null),
        services: can(actor, 'service.manage', null),
        projects: can(actor, 'project.list', null),
        certificates: can(actor, 'certificate.list', null),
        accounts: can(actor, 'account.manage', null),
        audit: can(actor, 'audit.view', null),
      },
      toast: left ? { id: String(Date.now()), text: translateError(languageOf(request), left.toast.messageKey, left.toast.values) } : null,
      restored,
    }
    return data(frame, left ? { headers: { 'set-cookie': left.cleared } } : undefined)
  })
}

/** The frame changes with what was done, not with every step through the pages. */
export function shouldRevalidate({ formMethod, actionResult, currentUrl, nextUrl, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs) {
  if (isKept(actionResult)) return false
  if (formMethod && formMethod !== 'GET') return true
  return currentUrl.pathname === nextUrl.pathname ? defaultShouldRevalidate : false
}

export default function Frame() {
  return (
    <Shell frame={useLoaderData<typeof loader>()}>
      <Outlet />
    </Shell>
  )
}

function Shell({ frame, children }: { frame: SerializeFrom<typeof loader>; children: ReactNode }) {
  const t = useT(placesWords)
  const words = useT(common)
  const { may } = frame
  const places: (Place | false)[] = [
    { to: '/', label: t('today'), icon: Sun, end: true },
    may.trainings && { to: '/trainings', label: t('trainings'), icon: CalendarDays },
    // somebody who also keeps the accounts has seven places without it
    may.sheets && !may.accounts && { to: '/sheets', label: t('sheets'), icon: ClipboardCheck, also: ['/scans'] },
    may.staff && { to: '/staff', label: t('staff'), icon: Users, also: ['/services', '/employers'] },
    may.projects && { to: '/projects', label: t('projects'), icon: FolderKanban, also: ['/funder-profiles'] },
    may.certificates && { to: '/certificates', label: t('certificates'), icon: Award },
    may.courses && { to: '/courses', label: t('courses'), icon: BookOpen },
    may.accounts && { to: '/admin/accounts', label: t('accounts'), icon: KeyRound },
  ]
  return (
    <AppShell
      formFor={frame.formFor}
      timeZone={frame.timeZone}
      academicHourMinutes={frame.academicHourMinutes}
      municipality={{ id: frame.municipality.id, name: frame.municipality.name }}
      otherMunicipalities={frame.others}
      switchAction="/switch-municipality"
      account={{ name: frame.name, role: frame.roles.map((role) => words(`role.${role}`)).join(', ') }}
      places={places.filter((place) => place !== false)}
      accountLinks={[
        { to: '/account', label: t('myAccount'), icon: UserCog },
        ...(may.sheets && may.accounts ? [{ to: '/sheets', label: t('sheets'), icon: ClipboardCheck }] : []),
        ...(may.services ? [{ to: '/services', label: t('services'), icon: Building }] : []),
        ...(may.audit ? [{ to: '/admin/audit', label: t('audit'), icon: ScrollText }] : []),
        ...(frame.isInstallationAdmin ? [{ to: '/admin/system', label: t('system'), icon: Server }] : []),
      ]}
      searchAction={may.staff ? '/staff' : null}
      printOwner={t('municipality', { name: frame.municipality.name })}
      printTitle={useProjectName()}
      toast={frame.toast}
    >
      {frame.isDemo ? (
        <p className="mb-3">
          <StatusChip tone="info">{t('demo')}</StatusChip>
        </p>
      ) : null}
      {children}
    </AppShell>
  )
}

type WithProject = { project?: { title?: string | null; numberAsWritten?: string | null } | null }

/** Returns the name of the project to which the page that is shown belongs. */
function useProjectName(): string | undefined {
  const data = useMatches().at(-1)?.data as (WithProject & { training?: WithProject }) | null | undefined
  const project = data?.project ?? data?.training?.project
  return project?.title ?? project?.numberAsWritten ?? undefined
}

/** A page that fails leaves the frame standing; without a frame the error has a page of its own. */
export function ErrorBoundary() {
  const frame = useRouteLoaderData<typeof loader>('routes/_app')
  const error = useRouteError()
  if (!frame) return <ErrorPage />
  return (
    <Shell frame={frame}>
      <ErrorMessage error={error} staffTo={frame.may.staff ? '/staff' : null} />
    </Shell>
  )
}
