import { ticketFor } from '~/domain/check-in/ticket.server'
import { acts, loads, type Row } from './row'
import { NOW, type World } from './world'

const ofSession = (w: World) => ({ sessionId: w.session.id })
const at = (rest: string) => (w: World) => `/sessions/${w.session.id}/${rest}`
const ofApplicant = (w: World) => ({ sessionId: w.session.id, personId: w.applicant.id })
const admit = (w: World) => `/sessions/${w.session.id}/admit/${w.applicant.id}`

//                     nobody  foreign employee trainer otherTr superv manager coordin admin installation
export const checkInRows: Row[] = [
  loads('sessions.$sessionId.check-in', 'login 404 sees 403 403 403 403 403 403 system', {
    path: at('check-in'),
    params: ofSession,
    marker: 'Тайнопис',
    conceals: { employee: (w) => ['Тайнозарова', w.colleague.id] },
  }),
  loads('sessions.$sessionId.check-in', 'login 404 sees 403 403 403 403 403 403 system', {
    about: 'with a code',
    path: at('check-in?code=ABE234'),
    params: ofSession,
    marker: 'wrong',
  }),
  // the session is over: what is kept is that the scan did not count
  acts('sessions.$sessionId.check-in', 'login 404 done 403 403 403 403 403 403 403', {
    path: at('check-in'),
    params: ofSession,
    form: (w) => ({
      ticket: ticketFor(w.employee.accountId, { sessionId: w.session.id, code: 'ABE234', source: 'qr', at: NOW }),
      intent: 'check_in',
    }),
  }),
  loads('_app.check-in', 'login same same same same same same same same system', { path: '/check-in' }),
  acts('_app.check-in', 'login 422 422 422 422 422 422 422 422 403', { path: '/check-in', form: () => ({ code: 'ABE234' }) }),
  loads('sessions.$sessionId.screen', 'login 404 403 sees 404 404 403 sees 404 system', {
    path: at('screen'),
    params: ofSession,
    marker: 'Тайномиров',
  }),
  loads('sessions.$sessionId.screen', 'login 404 403 blank 404 404 403 blank 404 system', {
    about: 'without names',
    path: at('screen?names=0'),
    params: ofSession,
    marker: 'Тайномиров',
  }),
  loads('sessions.$sessionId.screen_.events', 'login 404 403 sees 404 404 403 sees 404 system', {
    path: at('screen/events'),
    params: ofSession,
    marker: 'Тайномиров',
  }),
  loads('_app.sessions.$sessionId.admit.$personId', 'login 404 403 sees 404 404 403 sees 404 system', {
    path: admit,
    params: ofApplicant,
    marker: 'Тайномиров',
  }),
  loads('_app.sessions.$sessionId.admit.$personId', 'login 404 403 404 404 404 403 404 404 system', {
    about: 'somebody who did not scan',
    path: admit,
    params: (w) => ({ sessionId: w.session.id, personId: w.colleague.id }),
  }),
  acts('_app.sessions.$sessionId.admit.$personId', 'login 404 403 done 404 404 403 done 404 403', {
    path: admit,
    params: ofApplicant,
    form: () => ({ back: 'screen' }),
  }),
]
