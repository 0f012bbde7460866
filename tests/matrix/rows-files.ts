import { acts, loads, type Row } from './row'
import type { World } from './world'

const file = (path: string) => (w: World) =>
  `${path
    .replace('TRAINING', w.training.id)
    .replace('SESSION', w.session.id)
    .replace('COLLEAGUE', w.colleague.id)
    .replace('OWN', w.own.id)
    .replace('OTHER', w.other.id)
    .replace('PROJECT', w.project.id)}format=csv`
const importInto = (w: World) => `/trainings/${w.training.id}/attendance/import?session=${w.session.id}`
const ofTraining = (w: World) => ({ trainingId: w.training.id })
const of = (who: 'own' | 'colleague' | 'other') => (w: World) => ({ personId: w[who].id })
const ofProject = (w: World) => ({ projectId: w.project.id })

//                    nobody foreign employee trainer otherTr superv manager coordin admin installation
const PROJECT_OPENS = 'login 404     404      404     404     404    404     sees    404   system'

/** Lists and attendance as files: who sees the page gets the file, with the same rows. */
export const fileRows: Row[] = [
  loads('_app.trainings.export', 'login blank sees sees blank 403 sees sees 403 system', {
    path: file('/trainings/export?view=past&'),
    marker: 'Тайнопис',
  }),
  loads('_app.trainings.export', 'login 422 422 422 422 422 422 422 422 system', {
    about: 'in a format there is not',
    path: '/trainings/export?format=docx',
  }),
  loads('_app.trainings.$trainingId.attendance_.export', 'login 404 403 sees 404 404 403 sees 404 system', {
    path: file('/trainings/TRAINING/attendance/export?'),
    params: ofTraining,
    marker: 'Тайнозарова',
    conceals: { trainer: () => ['Тайн-2'] },
  }),
  loads('_app.trainings.$trainingId.attendance_.export', 'login 404 403 sees 404 404 403 sees 404 system', {
    about: 'of a session',
    path: file('/trainings/TRAINING/attendance/export?session=SESSION&'),
    params: ofTraining,
    marker: 'Тайнозарова',
  }),
  loads('_app.trainings.$trainingId.attendance_.export', 'login 404 403 404 404 404 403 404 404 system', {
    about: 'of a session of another training',
    path: file('/trainings/x/attendance/export?session=SESSION&'),
    params: (w) => ({ trainingId: w.coming.id }),
  }),
  loads('_app.staff.export', 'login blank 403 403 403 403 sees sees sees system', {
    path: file('/staff/export?'),
    marker: 'Тайнозарова',
    conceals: { manager: () => ['Тайносветов'] },
  }),
  loads('_app.staff.$personId.export', 'login 404 404 sees 404 404 sees sees 403 system', {
    about: 'a colleague',
    path: file('/staff/COLLEAGUE/export?'),
    params: of('colleague'),
    marker: 'Тайнозарова',
    conceals: { trainer: () => ['Тайн-2'], manager: () => ['Тайна Координаторова'] },
  }),
  loads('_app.staff.$personId.export', 'login 404 sees sees 404 404 sees sees 403 system', {
    about: 'oneself',
    path: file('/staff/OWN/export?'),
    params: of('own'),
    marker: 'Тайнева',
    conceals: { employee: () => ['Тайна Координаторова'] },
  }),
  loads('_app.staff.$personId.export', 'login 404 404 sees 404 404 404 sees 403 system', {
    about: 'of the administration',
    path: file('/staff/OTHER/export?'),
    params: of('other'),
    marker: 'Тайносветов',
  }),
  loads('_app.projects.$projectId.export', PROJECT_OPENS, {
    path: file('/projects/PROJECT/export?'),
    params: ofProject,
    marker: 'Тайносветов',
  }),
  loads('_app.projects.$projectId.attendances_.export', PROJECT_OPENS, {
    path: file('/projects/PROJECT/attendances/export?'),
    params: ofProject,
    marker: 'Тайнозарова',
    conceals: { coordinator: () => ['Тайносветов'] },
  }),
  loads('_app.projects.$projectId.persons_.export', PROJECT_OPENS, {
    path: file('/projects/PROJECT/persons/export?'),
    params: ofProject,
    marker: 'Тайнозарова',
  }),
  loads('_app.courses.export', 'login blank sees sees sees sees sees sees 403 system', {
    path: file('/courses/export?'),
    marker: 'Тайновед',
  }),
  loads('_app.certificates.export', 'login blank sees 403 403 403 sees sees 403 system', {
    path: file('/certificates/export?'),
    marker: 'Тайнева',
  }),
  loads('_app.admin.audit_.export', 'login blank 403 403 403 403 403 sees sees system', {
    path: file('/admin/audit/export?'),
    marker: 'Тайна Координаторова',
  }),

  loads('_app.trainings.$trainingId.attendance_.import', 'login 404 403 sees 404 404 403 sees 404 system', {
    path: importInto,
    params: ofTraining,
    marker: 'Тайнопис',
  }),
  acts('_app.trainings.$trainingId.attendance_.import', 'login 404 403 same 404 404 403 same 404 403', {
    about: 'reads',
    path: importInto,
    params: ofTraining,
    form: () => ({ intent: 'read', file: new File(['Име;Отметка\nРосица Тайнева;да'], 'x.csv') }),
  }),
  acts('_app.trainings.$trainingId.attendance_.import', 'login 404 403 done 404 404 403 done 404 403', {
    about: 'records',
    path: importInto,
    params: ofTraining,
    form: (w) => ({ intent: 'record', seen: '999999', fileName: 'x.csv', reason: 'Късно', [`mark.${w.other.id}`]: 'present' }),
  }),
]
