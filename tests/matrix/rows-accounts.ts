import { acts, loads, type Row } from './row'
import type { World } from './world'

const ofTrainer = (w: World) => ({ membershipId: w.trainer.membershipId })
const account = (w: World) => `/admin/accounts/${w.trainer.membershipId}`
const EVERYBODY = (outcome: string) => Array(10).fill(outcome).join(' ')

//                      nobody foreign employee trainer otherTr superv manager coordin admin installation
const ADMIN_LISTS = '   login  403     403      403     403     403    403     403     sees  system'
const ADMIN_OPENS = '   login  404     404      404     404     404    404     404     sees  system'
const ADMIN_CHANGES = ' login  404     404      404     404     404    404     404     done  403'

export const accountRows: Row[] = [
  loads('_app', 'login blank blank blank blank blank blank sees blank system', { path: '/', marker: 'Тайна Координаторова' }),
  loads('_app._index', 'login blank blank blank blank blank sees blank blank system', {
    about: 'who asks for a seat',
    path: '/',
    marker: 'Тайномиров',
  }),
  loads('_app._index', 'login blank sees blank blank blank sees sees blank system', {
    about: 'what can be asked for, and what waits',
    path: '/',
    marker: 'Тайновед',
  }),
  loads('_app.account', 'login same same same same same same same same system', { path: '/account' }),
  acts('_app.account', 'login done done done done done done done done 403', {
    about: 'its name',
    path: '/account',
    form: () => ({ intent: 'profile', displayName: 'Друго Име', language: 'bg' }),
  }),
  acts('_app.account', 'login 422 422 422 422 422 422 422 422 403', {
    about: 'its password, with a wrong one',
    path: '/account',
    form: () => ({
      intent: 'password',
      currentPassword: 'грешна парола',
      newPassword: 'нова дълга парола',
      newPasswordAgain: 'нова дълга парола',
    }),
  }),

  loads('_app.admin.accounts._index', ADMIN_LISTS, { path: '/admin/accounts', marker: 'Тайна Координаторова' }),
  loads('_app.admin.accounts.new', ADMIN_LISTS, { path: '/admin/accounts/new', marker: 'Тайноград' }),
  acts('_app.admin.accounts.new', 'login 403 403 403 403 403 403 403 done 403', {
    path: '/admin/accounts/new',
    form: () => ({ login: `new-${crypto.randomUUID()}@example.test`, displayName: 'Нов Човек', roles: ['trainer'] }),
  }),
  acts('_app.admin.accounts.new', 'login 403 403 403 403 403 403 403 409 403', {
    about: 'linked to a person who has an account',
    path: '/admin/accounts/new',
    form: (w) => ({ login: `new-${crypto.randomUUID()}@example.test`, displayName: 'Нов Човек', roles: ['employee'], personId: w.own.id }),
  }),
  loads('_app.admin.accounts.$membershipId', ADMIN_OPENS, { path: account, params: ofTrainer, marker: (w) => w.trainer.login }),
  acts('_app.admin.accounts.$membershipId', ADMIN_CHANGES, {
    about: 'gives a role',
    path: account,
    params: ofTrainer,
    form: () => ({ intent: 'grant', role: 'coordinator', serviceId: '' }),
  }),
  acts('_app.admin.accounts.$membershipId', ADMIN_CHANGES, {
    about: 'ends a role',
    path: account,
    params: ofTrainer,
    form: (w) => ({ intent: 'end', grantId: w.grant.id }),
  }),
  acts('_app.admin.accounts.$membershipId', ADMIN_CHANGES, {
    about: 'makes a link for a password',
    path: account,
    params: ofTrainer,
    form: () => ({ intent: 'link' }),
  }),
  acts('_app.admin.accounts.$membershipId', ADMIN_CHANGES, {
    about: 'deactivates',
    path: account,
    params: ofTrainer,
    form: () => ({ intent: 'deactivate' }),
  }),
  acts('_app.admin.accounts.$membershipId', 'login 404 404 404 404 404 404 404 409 403', {
    about: 'ends the last administrator',
    path: (w) => `/admin/accounts/${w.admin.membershipId}`,
    params: (w) => ({ membershipId: w.admin.membershipId }),
    form: () => ({ intent: 'deactivate' }),
  }),
  loads('_app.admin.audit', 'login blank 403 403 403 403 403 sees sees system', {
    path: '/admin/audit?check=1',
    marker: 'Тайна Координаторова',
  }),

  loads('admin.system', 'login 404 404 404 404 404 404 404 404 same', { path: '/admin/system' }),
  acts('admin.system', 'login 404 404 404 404 404 404 404 404 done', {
    path: '/admin/system',
    // the installation's own, and the new municipality's first
    events: 2,
    form: () => ({
      intent: 'municipality',
      municipality: `Нова ${crypto.randomUUID()}`,
      district: '',
      nsiCode: '',
      login: `admin-${crypto.randomUUID()}@example.test`,
      displayName: 'Нов Администратор',
    }),
  }),

  loads('login', 'same home home home home home home home home home', { path: '/login' }),
  acts('login', EVERYBODY('422'), {
    path: '/login',
    form: () => ({ email: `${crypto.randomUUID()}@example.test`, password: 'грешна парола' }),
  }),
  loads('accessibility', 'blank blank sees sees sees sees sees sees sees blank', {
    about: 'where to write',
    path: '/accessibility',
    marker: (w) => `"${w.municipality.name}"`,
  }),
  loads('setup', EVERYBODY('404'), { path: '/setup' }),
  acts('setup', EVERYBODY('404'), {
    path: '/setup',
    form: () => ({
      code: 'x',
      login: 'first@example.test',
      displayName: 'Първи',
      newPassword: 'дълга нова парола',
      newPasswordAgain: 'дълга нова парола',
      municipality: 'Първа',
    }),
  }),
  loads('invite.$token', EVERYBODY('404'), { path: '/invite/none', params: () => ({ token: 'none' }) }),
  acts('invite.$token', EVERYBODY('404'), {
    path: '/invite/none',
    params: () => ({ token: 'none' }),
    form: () => ({ newPassword: 'дълга нова парола', newPasswordAgain: 'дълга нова парола' }),
  }),
  loads('preferences', EVERYBODY('home'), { path: '/preferences' }),
  acts('preferences', EVERYBODY('home'), { path: '/preferences', form: () => ({ lang: 'en', returnTo: '/' }) }),
  loads('switch-municipality', EVERYBODY('home'), { path: '/switch-municipality' }),
  acts('switch-municipality', 'login 403 home home home home home home home 403', {
    path: '/switch-municipality',
    form: (w) => ({ municipalityId: w.municipalityId, next: '/' }),
  }),
  // last, since it ends the sessions of all
  loads('logout', EVERYBODY('home'), { path: '/logout' }),
  acts('logout', EVERYBODY('login'), { path: '/logout' }),
]
