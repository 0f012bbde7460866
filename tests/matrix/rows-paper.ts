import { acts, loads, type Row } from './row'
import type { World } from './world'

const ofSession = (w: World) => ({ sessionId: w.session.id })
const sheet =
  (rest = '') =>
  (w: World) =>
    `/sessions/${w.session.id}/sheet.pdf${rest}`

const ofFunder = (w: World) => ({ profileId: w.funder.profileId })
const funder =
  (rest = '') =>
  (w: World) =>
    `/funder-profiles/${w.funder.profileId}${rest}`
const version = { validFrom: '2090-01-01', 'places.name': '1', 'places.signature': '2' }

export const paperRows: Row[] = [
  //                                           nobody foreign employee trainer otherTr superv manager coordin admin installation
  loads('sessions.$sessionId.sheet[.]pdf', '    login  404     403      same    404     404    403     same    404   system', {
    path: sheet(),
    params: ofSession,
  }),
  loads('sessions.$sessionId.sheet[.]pdf', '    login  404     403      409     404     404    403     409     404   system', {
    about: 'as it was closed, while it is open',
    path: sheet('?filled=1'),
    params: ofSession,
  }),

  //                                             nobody foreign employee trainer otherTr superv manager coordin admin installation
  loads('_app.funder-profiles._index', '          login  blank   403     403     403     403    403     sees    403   system', {
    path: '/funder-profiles',
    marker: 'Тайнофонд',
  }),
  loads('_app.funder-profiles.new', '             login  same    403     403     403     403    403     same    403   system', {
    path: '/funder-profiles/new',
  }),
  acts('_app.funder-profiles.new', '              login  done    403     403     403     403    403     done    403   403', {
    path: '/funder-profiles/new',
    form: () => ({ ...version, name: 'Нов фонд' }),
  }),
  loads('_app.funder-profiles.$profileId._index', 'login  404     404     404     404     404    404     sees    404   system', {
    path: funder(),
    params: ofFunder,
    marker: 'Тайнофонд',
  }),
  acts('_app.funder-profiles.$profileId._index', ' login  404     404     404     404     404    404     done    404   403', {
    path: funder(),
    params: ofFunder,
    form: () => ({ name: 'Друг фонд' }),
  }),
  loads('_app.funder-profiles.$profileId.version', 'login 404     404     404     404     404    404     sees    404   system', {
    path: funder('/version'),
    params: ofFunder,
    marker: 'Тайнофонд',
  }),
  acts('_app.funder-profiles.$profileId.version', 'login  404     404     404     404     404    404     done    404   403', {
    path: funder('/version'),
    params: ofFunder,
    form: () => version,
  }),
  loads('funder-profiles.$profileId.versions.$versionId[.]pdf', 'login 404 404 404     404     404    404     same    404   system', {
    path: (w) => `/funder-profiles/${w.funder.profileId}/versions/${w.funder.id}.pdf`,
    params: (w) => ({ profileId: w.funder.profileId, versionId: w.funder.id }),
  }),
]
