import { acts, loads, type Row } from './row'
import type { World } from './world'

const ofCourse = (w: World) => ({ courseId: w.course.id })
const ofProject = (w: World) => ({ projectId: w.project.id })
const project =
  (rest = '') =>
  (w: World) =>
    `/projects/${w.project.id}${rest}`
const course = {
  kind: 'upgrading',
  title: 'Нов курс',
  titleEn: '',
  topics: '',
  durationMinutes: '90',
  requiredSharePercent: '80',
  legalBasis: '',
  materials: '',
}
const facts = { title: 'Нов проект', termMonths: '', startsOn: '', endsOn: '' }

//                     nobody foreign employee trainer otherTr superv manager coordin admin installation
const PROJECT_OPENS = 'login  404     404      404     404     404    404     sees    404   system'
const PROJECT_MOVES = 'login  404     404      404     404     404    404     done    404   403'
const COURSE_IS_KEPT = 'login 404     403      403     403     403    403     sees    404   system'
const COURSE_CHANGES = 'login 404     403      403     403     403    403     done    404   403'

export const projectRows: Row[] = [
  loads('_app.courses._index', 'login blank sees sees sees sees sees sees 403 system', { path: '/courses', marker: 'Тайновед' }),
  loads('_app.courses.new', 'login same 403 403 403 403 403 same 403 system', { path: '/courses/new' }),
  acts('_app.courses.new', 'login done 403 403 403 403 403 done 403 403', { path: '/courses/new', form: () => course }),
  loads('_app.courses.$courseId._index', 'login 404 sees sees sees sees sees sees 404 system', {
    path: (w) => `/courses/${w.course.id}`,
    params: ofCourse,
    marker: 'Тайновед',
  }),
  acts('_app.courses.$courseId._index', COURSE_CHANGES, {
    path: (w) => `/courses/${w.course.id}`,
    params: ofCourse,
    form: () => ({ intent: 'archive' }),
  }),
  loads('_app.courses.$courseId.edit', COURSE_IS_KEPT, {
    path: (w) => `/courses/${w.course.id}/edit`,
    params: ofCourse,
    marker: 'Тайновед',
  }),
  acts('_app.courses.$courseId.edit', COURSE_CHANGES, {
    path: (w) => `/courses/${w.course.id}/edit`,
    params: ofCourse,
    form: () => course,
  }),

  loads('_app.projects._index', 'login blank 403 403 403 403 403 sees 403 system', { path: '/projects', marker: 'Тайнобрег' }),
  loads('_app.projects.new', 'login same 403 403 403 403 403 same 403 system', { path: '/projects/new' }),
  acts('_app.projects.new', 'login done 403 403 403 403 403 done 403 403', { path: '/projects/new', form: () => facts }),
  loads('_app.projects.$projectId._index', PROJECT_OPENS, { path: project(), params: ofProject, marker: 'Тайнобрег' }),
  loads('_app.projects.$projectId.edit', PROJECT_OPENS, { path: project('/edit'), params: ofProject, marker: 'Тайнобрег' }),
  acts('_app.projects.$projectId.edit', PROJECT_MOVES, { path: project('/edit'), params: ofProject, form: () => facts }),
  loads('_app.projects.$projectId.activities', PROJECT_OPENS, { path: project('/activities'), params: ofProject, marker: 'Тайнобрег' }),
  acts('_app.projects.$projectId.activities', PROJECT_MOVES, {
    path: project('/activities'),
    params: ofProject,
    form: () => ({ title: 'Нова дейност' }),
  }),
  loads('_app.projects.$projectId.persons', PROJECT_OPENS, { path: project('/persons'), params: ofProject, marker: 'Тайнозарова' }),
  loads('_app.projects.$projectId.attendances', PROJECT_OPENS, { path: project('/attendances'), params: ofProject, marker: 'Тайнозарова' }),
]
