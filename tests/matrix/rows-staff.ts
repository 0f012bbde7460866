import { acts, loads, type Row } from './row'
import type { World } from './world'

const of = (who: 'own' | 'colleague' | 'other') => (w: World) => ({ personId: w[who].id })
const staff =
  (who: 'own' | 'colleague' | 'other', rest = '') =>
  (w: World) =>
    `/staff/${w[who].id}${rest}`
const post = (w: World) => ({
  workplace: `service.${w.service.id}`,
  position: 'психолог',
  category: 'core',
  startsOn: '2024-01-01',
  endsOn: '',
})
const ofPost = (w: World) => ({ personId: w.colleague.id, postId: w.post.id })
const names = {
  givenName: 'Велика',
  middleName: '',
  familyName: 'Тайнозарова',
  latinName: '',
  employeeNumber: 'Тайн-9',
  sex: '',
  firstInSocialSystemOn: '',
}

//                      nobody foreign employee trainer otherTr superv manager coordin admin installation
const STAFF_IS_KEPT = ' login  404     404      403     404     404    403     sees    403   system'
const STAFF_CHANGES = ' login  404     404      403     404     404    403     done    403   403'
const COORDINATOR = '   login  blank   403      403     403     403    403     sees    403   system'
const KEEPER_LISTS = '  login  blank   403      403     403     403    403     sees    sees  system'
const KEEPER_OPENS = '  login  404     404      404     404     404    404     sees    sees  system'
const KEEPER_CHANGES = 'login  404     404      404     404     404    404     done    done  403'

export const staffRows: Row[] = [
  loads('_app.staff._index', 'login blank 403 403 403 403 sees sees sees system', {
    path: '/staff',
    marker: 'Тайнозарова',
    conceals: { manager: () => ['Тайносветов'] },
  }),
  loads('_app.staff._index', 'login blank 403 403 403 403 blank sees sees system', {
    about: 'searched',
    path: '/staff?q=светов',
    marker: 'Тайносветов',
  }),
  loads('_app.staff.new', COORDINATOR, { path: '/staff/new', marker: 'Тайноград' }),
  acts('_app.staff.new', 'login done 403 403 403 403 403 done 403 403', {
    path: '/staff/new',
    form: () => ({
      ...names,
      givenName: 'Нова',
      familyName: 'Служителка',
      employeeNumber: '',
      workplace: '',
      position: '',
      category: '',
      startsOn: '',
    }),
  }),
  loads('_app.staff.$personId._index', 'login 404 404 sees 404 404 sees sees sees system', {
    about: 'a colleague',
    path: staff('colleague'),
    params: of('colleague'),
    marker: 'Тайнозарова',
    conceals: { trainer: () => ['Тайн-2'] },
  }),
  loads('_app.staff.$personId._index', 'login 404 sees sees 404 404 sees sees sees system', {
    about: 'oneself',
    path: staff('own'),
    params: of('own'),
    marker: 'Тайнева',
  }),
  loads('_app.staff.$personId._index', 'login 404 404 sees 404 404 404 sees sees system', {
    about: 'of the administration',
    path: staff('other'),
    params: of('other'),
    marker: 'Тайносветов',
  }),
  loads('_app.staff.$personId.edit', STAFF_IS_KEPT, { path: staff('colleague', '/edit'), params: of('colleague'), marker: 'Тайнозарова' }),
  acts('_app.staff.$personId.edit', STAFF_CHANGES, { path: staff('colleague', '/edit'), params: of('colleague'), form: () => names }),
  loads('_app.staff.$personId.posts.new', STAFF_IS_KEPT, {
    path: staff('colleague', '/posts/new'),
    params: of('colleague'),
    marker: 'Тайноград',
  }),
  acts('_app.staff.$personId.posts.new', STAFF_CHANGES, { path: staff('colleague', '/posts/new'), params: of('colleague'), form: post }),
  loads('_app.staff.$personId.posts.$postId', STAFF_IS_KEPT, { path: staff('colleague', '/posts/x'), params: ofPost, marker: 'Тайноград' }),
  acts('_app.staff.$personId.posts.$postId', STAFF_CHANGES, { path: staff('colleague', '/posts/x'), params: ofPost, form: post }),
  loads('_app.staff.$personId.posts.$postId', 'login 404 404 403 404 404 404 404 403 system', {
    about: 'of somebody else',
    path: staff('other', '/posts/x'),
    params: (w) => ({ personId: w.other.id, postId: w.post.id }),
    marker: 'Тайноград',
  }),

  loads('_app.services._index', KEEPER_LISTS, { path: '/services', marker: 'Тайноград' }),
  loads('_app.services.new', KEEPER_LISTS, { path: '/services/new', marker: 'Тайнопол' }),
  acts('_app.services.new', 'login 422 403 403 403 403 403 done done 403', {
    path: '/services/new',
    form: (w) => ({ employerId: w.service.employerId, name: 'Нова услуга', annexes: ['7'] }),
  }),
  loads('_app.services.$serviceId', 'login 404 404 404 404 404 403 sees sees system', {
    path: (w) => `/services/${w.service.id}`,
    params: (w) => ({ serviceId: w.service.id }),
    marker: 'Тайноград',
  }),
  acts('_app.services.$serviceId', 'login 404 404 404 404 404 403 done done 403', {
    path: (w) => `/services/${w.service.id}`,
    params: (w) => ({ serviceId: w.service.id }),
    form: () => ({ name: 'Друго име', annexes: ['3'] }),
  }),
  loads('_app.employers.new', 'login same 403 403 403 403 403 same same system', { path: '/employers/new' }),
  acts('_app.employers.new', 'login done 403 403 403 403 403 done done 403', {
    path: '/employers/new',
    form: () => ({ name: 'Нов доставчик', kind: 'provider' }),
  }),
  loads('_app.employers.$employerId', KEEPER_OPENS, {
    path: (w) => `/employers/${w.service.employerId}`,
    params: (w) => ({ employerId: w.service.employerId }),
    marker: 'Тайнопол',
  }),
  acts('_app.employers.$employerId', KEEPER_CHANGES, {
    path: (w) => `/employers/${w.service.employerId}`,
    params: (w) => ({ employerId: w.service.employerId }),
    form: () => ({ name: 'Друго име', kind: 'provider' }),
  }),
]
