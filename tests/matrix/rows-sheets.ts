import { acts, loads, type Row } from './row'
import type { World } from './world'

const T = '_app.trainings.$trainingId'
const ofTraining = (w: World) => ({ trainingId: w.training.id })
const close = (w: World) => `/trainings/${w.training.id}/attendance/close?session=${w.session.id}`
const person = (w: World) => ({
  path: `/trainings/${w.training.id}/attendance/${w.colleague.id}?session=${w.session.id}`,
  params: { ...ofTraining(w), personId: w.colleague.id },
})

//                     nobody  foreign employee trainer otherTr superv manager coordin admin installation
export const sheetRows: Row[] = [
  loads('_app.sheets_.export', 'login blank 403 sees blank 403 403 sees 403 system', {
    path: '/sheets/export?format=csv',
    marker: 'Тайнопис',
  }),
  loads('_app.sheets', 'login blank 403 sees blank 403 403 sees 403 system', { path: '/sheets', marker: 'Тайнопис' }),
  loads(`${T}.attendance_.close`, 'login 404 403 sees 404 404 403 sees 404 system', {
    path: close,
    params: ofTraining,
    marker: 'Тайнопис',
  }),
  loads(`${T}.attendance_.close`, 'login 404 403 404 404 404 403 404 404 system', {
    about: 'a session of another training',
    path: (w) => `/trainings/${w.training.id}/attendance/close?session=${w.next.id}`,
    params: ofTraining,
  }),
  acts(`${T}.attendance_.close`, 'login 404 403 done 404 404 403 done 404 403', {
    path: close,
    params: ofTraining,
    form: (w) => ({ session: w.session.id, statement: 'Потвърждавам.' }),
  }),
  acts(`${T}.attendance_.close`, 'login 404 404 404 404 404 404 404 404 403', {
    about: 'a session of another training',
    path: close,
    params: ofTraining,
    form: (w) => ({ session: w.next.id, statement: 'Потвърждавам.' }),
  }),
  loads(`${T}.attendance_.$personId`, 'login 404 403 sees 404 404 403 sees 404 system', {
    path: (w) => person(w).path,
    params: (w) => person(w).params,
    marker: 'Тайнозарова',
  }),
  acts(`${T}.attendance_.$personId`, 'login 404 403 done 404 404 403 done 404 403', {
    path: (w) => person(w).path,
    params: (w) => person(w).params,
    form: (w) => ({ session: w.session.id, seen: '999999999', mark: 'absent', reason: 'сгрешено име' }),
  }),
  acts(`${T}.attendance_.$personId`, 'login 404 403 409 404 404 403 409 404 403', {
    about: 'of somebody without a seat',
    path: (w) => person(w).path,
    params: (w) => ({ ...ofTraining(w), personId: w.applicant.id }),
    form: (w) => ({ session: w.session.id, seen: '999999999', mark: 'present', reason: 'сгрешено име' }),
  }),
]
