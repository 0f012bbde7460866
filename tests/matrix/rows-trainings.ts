import { acts, loads, type Row } from './row'
import type { World } from './world'

const T = '_app.trainings.$trainingId'
const ofTraining = (w: World) => ({ trainingId: w.training.id })
const ofComing = (w: World) => ({ trainingId: w.coming.id })
const ofSession = (w: World) => ({ trainingId: w.coming.id, sessionId: w.next.id })
const at = (rest: string) => (w: World) => `/trainings/${w.coming.id}${rest}`
const past = (rest: string) => (w: World) => `/trainings/${w.training.id}${rest}`
const sessionForm = { date: '2026-12-11', from: '10:00', to: '12:00', place: 'Зала 2', onlineUrl: '' }
const details = (w: World) => ({
  courseId: w.course.id,
  work: '',
  trainerAccountId: w.otherTrainer.accountId,
  place: 'Зала 3',
  onlineUrl: '',
  capacity: '6',
  note: '',
})
const others = { employee: (w: World) => [w.colleague.id, 'Тайнозарова', 'Тайносветов', 'Тайномиров'], manager: () => ['Тайносветов'] }

//                      nobody  foreign employee trainer otherTr superv manager coordin admin installation
const KEEPS_COMING = '  login   404     403      404     403     404    403     sees    404   system'
const CHANGES_COMING = 'login   404     403      404     403     404    403     done    404   403'

export const trainingRows: Row[] = [
  loads('_app.trainings._index', 'login blank sees sees blank 403 sees sees 403 system', {
    about: 'past',
    path: '/trainings?view=past',
    marker: 'Тайнопис',
    conceals: others,
  }),
  loads('_app.trainings._index', 'login blank sees blank sees 403 sees sees 403 system', {
    about: 'coming',
    path: '/trainings?view=upcoming',
    marker: 'Тайновед',
    conceals: others,
  }),
  loads('_app.trainings.new', 'login blank 403 403 403 403 403 sees 403 system', { path: '/trainings/new', marker: 'Тайновед' }),
  acts('_app.trainings.new', 'login 422 403 403 403 403 403 done 403 403', {
    path: '/trainings/new',
    form: (w) => ({
      intent: 'save',
      ...details(w),
      'sessions[0].date': '2026-12-20',
      'sessions[0].from': '09:00',
      'sessions[0].to': '11:00',
    }),
  }),
  loads(`${T}._index`, 'login 404 sees sees 404 404 sees sees 404 system', {
    path: past(''),
    params: ofTraining,
    marker: 'Тайнопис',
    conceals: others,
  }),
  loads(`${T}._index`, 'login 404 sees 404 sees 404 sees sees 404 system', {
    about: 'coming',
    path: at(''),
    params: ofComing,
    marker: 'Тайновед',
    conceals: { ...others, otherTrainer: () => ['Тайномиров'], manager: () => [] },
  }),

  loads(`${T}.attendance`, 'login 404 403 sees 404 404 403 sees 404 system', {
    path: past('/attendance'),
    params: ofTraining,
    marker: 'Тайнозарова',
  }),
  acts(`${T}.attendance`, 'login 404 403 done 404 404 403 done 404 403', {
    path: past('/attendance'),
    params: ofTraining,
    form: (w) => ({ sessionId: w.session.id, seen: '999999', intent: 'save', reason: 'по списъка', [`mark.${w.other.id}`]: 'present' }),
  }),
  acts(`${T}.attendance`, 'login 404 403 409 404 404 403 409 404 403', {
    about: 'for somebody without a seat',
    path: past('/attendance'),
    params: ofTraining,
    form: (w) => ({ sessionId: w.session.id, seen: '999999', intent: 'save', reason: 'по списъка', [`mark.${w.applicant.id}`]: 'present' }),
  }),
  acts(`${T}.attendance`, 'login 404 404 404 404 404 404 404 404 403', {
    about: 'in a session of another training',
    path: past('/attendance'),
    params: ofTraining,
    form: (w) => ({ sessionId: w.next.id, seen: '0', intent: 'all-present' }),
  }),

  loads(`${T}.edit`, KEEPS_COMING, { path: at('/edit'), params: ofComing, marker: 'Тайновед' }),
  acts(`${T}.edit`, CHANGES_COMING, { path: at('/edit'), params: ofComing, form: details }),
  loads(`${T}.cancel`, KEEPS_COMING, { path: at('/cancel'), params: ofComing, marker: 'Тайновед' }),
  acts(`${T}.cancel`, CHANGES_COMING, { path: at('/cancel'), params: ofComing, form: () => ({ reason: 'болест' }) }),
  loads(`${T}.sessions.new`, KEEPS_COMING, { path: at('/sessions/new'), params: ofComing, marker: 'Тайновед' }),
  acts(`${T}.sessions.new`, CHANGES_COMING, { path: at('/sessions/new'), params: ofComing, form: () => sessionForm }),
  loads(`${T}.sessions.$sessionId._index`, KEEPS_COMING, { path: at('/sessions/x'), params: ofSession, marker: 'Тайнодол' }),
  acts(`${T}.sessions.$sessionId._index`, CHANGES_COMING, { path: at('/sessions/x'), params: ofSession, form: () => sessionForm }),
  loads(`${T}.sessions.$sessionId._index`, 'login 404 404 404 404 404 404 404 404 system', {
    about: 'of another training',
    path: past('/sessions/x'),
    params: (w) => ({ trainingId: w.training.id, sessionId: w.next.id }),
  }),
  loads(`${T}.sessions.$sessionId.cancel`, KEEPS_COMING, { path: at('/sessions/x/cancel'), params: ofSession, marker: '2026-12-10' }),
  acts(`${T}.sessions.$sessionId.cancel`, CHANGES_COMING, {
    path: at('/sessions/x/cancel'),
    params: ofSession,
    form: () => ({ reason: 'болест' }),
  }),

  loads(`${T}.enrol`, KEEPS_COMING, { path: at('/enrol'), params: ofComing, marker: 'Тайнозарова' }),
  acts(`${T}.enrol`, CHANGES_COMING, { path: at('/enrol'), params: ofComing, form: (w) => ({ persons: [w.colleague.id] }) }),
  loads(`${T}.nominate`, 'login 404 403 404 403 404 sees 403 404 system', {
    path: at('/nominate'),
    params: ofComing,
    marker: 'Тайнозарова',
    conceals: { manager: () => ['Тайносветов'] },
  }),
  acts(`${T}.nominate`, 'login 404 403 404 403 404 done 403 404 403', {
    path: at('/nominate'),
    params: ofComing,
    form: (w) => ({ persons: [w.colleague.id] }),
  }),
  acts(`${T}.nominate`, 'login 404 403 404 403 404 403 403 404 403', {
    about: 'somebody else’s people',
    path: at('/nominate'),
    params: ofComing,
    form: (w) => ({ persons: [w.other.id] }),
  }),
  loads(`${T}.request`, 'login 404 sees 404 403 404 403 403 404 system', { path: at('/request'), params: ofComing, marker: 'Тайнева' }),
  acts(`${T}.request`, 'login 404 done 404 403 404 403 403 404 403', { path: at('/request'), params: ofComing }),

  loads(`${T}.enrolments.$enrolmentId`, 'login 404 404 404 404 404 sees sees 404 system', {
    path: at('/enrolments/x'),
    params: (w) => ({ ...ofComing(w), enrolmentId: w.application.id }),
    marker: 'Тайномиров',
  }),
  acts(`${T}.enrolments.$enrolmentId`, 'login 404 404 404 404 404 403 done 404 403', {
    about: 'approves',
    path: at('/enrolments/x'),
    params: (w) => ({ ...ofComing(w), enrolmentId: w.application.id }),
    form: () => ({ intent: 'approve' }),
  }),
  acts(`${T}.enrolments.$enrolmentId`, 'login 404 404 404 404 404 403 done 404 403', {
    about: 'refuses',
    path: at('/enrolments/x'),
    params: (w) => ({ ...ofComing(w), enrolmentId: w.application.id }),
    form: () => ({ intent: 'refuse', refusal: 'друга група' }),
  }),
  acts(`${T}.enrolments.$enrolmentId`, 'login 404 404 404 404 404 done done 404 403', {
    about: 'withdraws',
    path: at('/enrolments/x'),
    params: (w) => ({ ...ofComing(w), enrolmentId: w.application.id }),
    form: () => ({ intent: 'withdraw', reason: '' }),
  }),
]
