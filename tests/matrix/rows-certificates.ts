import { acts, loads, type Row } from './row'
import type { World } from './world'

const T = '_app.trainings.$trainingId'
const ofTraining = (w: World) => ({ trainingId: w.training.id })
const ofCertificate = (w: World) => ({ certificateId: w.certificate.id })
const past = (rest: string) => (w: World) => `/trainings/${w.training.id}${rest}`
const EVERYBODY_SEES = 'sees sees sees sees sees sees sees sees sees sees'

export const certificateRows: Row[] = [
  //                                            nobody foreign employee trainer otherTr superv manager coordin admin installation
  loads('_app.certificates._index', '            login  blank   sees     403     403     403    sees    sees    403   system', {
    path: '/certificates',
    marker: 'Тайнева',
  }),
  loads('_app.certificates.$certificateId', '    login  404     sees     404     404     404    sees    sees    404   system', {
    path: (w) => `/certificates/${w.certificate.id}`,
    params: ofCertificate,
    marker: 'Тайнева',
  }),
  loads('certificates.$certificateId[.]pdf', '   login  404     sees     404     404     404    sees    sees    404   system', {
    path: (w) => `/certificates/${w.certificate.id}.pdf`,
    params: ofCertificate,
  }),
  loads('_app.certificates.$certificateId_.revoke', 'login 404 403     404     404     404    403     sees    404   system', {
    path: (w) => `/certificates/${w.certificate.id}/revoke`,
    params: ofCertificate,
    marker: 'Тайнева',
  }),
  acts('_app.certificates.$certificateId_.revoke', 'login 404  403     404     404     404    403     done    404   403', {
    path: (w) => `/certificates/${w.certificate.id}/revoke`,
    params: ofCertificate,
    form: () => ({ reason: 'грешно име' }),
  }),
  loads(`${T}.certificates`, '                   login  404     403      403     404     404    403     sees    404   system', {
    path: past('/certificates'),
    params: ofTraining,
    marker: 'Тайнозарова',
  }),
  loads(`${T}.certificates_.issue`, '            login  404     403      403     404     404    403     sees    404   system', {
    path: past('/certificates/issue'),
    params: ofTraining,
    marker: 'Тайнозарова',
  }),
  acts(`${T}.certificates_.issue`, '             login  404     403      403     404     404    403     done    404   403', {
    path: past('/certificates/issue'),
    params: ofTraining,
  }),
  acts(`${T}.certificates_.issue`, '             login  404     403      403     404     404    403     409     404   403', {
    about: 'to somebody who was not there',
    path: past('/certificates/issue'),
    params: ofTraining,
    form: (w) => ({ person: w.other.id }),
  }),
  loads('verify._index', 'blank blank blank blank blank blank blank blank blank blank', {
    path: '/verify',
    marker: 'Тайнева',
    isPublic: true,
  }),
  loads('verify.$code', EVERYBODY_SEES, {
    path: (w) => `/verify/${w.certificate.verifyCode}`,
    params: (w) => ({ code: w.certificate.verifyCode }),
    marker: 'Тайнева',
    isPublic: true,
  }),
  loads('verify.$code', '404 404 404 404 404 404 404 404 404 404', {
    about: 'with a wrong code',
    path: '/verify/0000000000000000',
    params: () => ({ code: '0000000000000000' }),
  }),
  loads('$', '404 404 404 404 404 404 404 404 404 404', { path: '/no-page', params: () => ({ '*': 'no-page' }) }),
  acts('verify.$code', 'same same same same same same same same same same', {
    path: (w) => `/verify/${w.certificate.verifyCode}`,
    params: (w) => ({ code: w.certificate.verifyCode }),
    form: () => ({ file: new File(['%PDF-1.7 друго'], 'x.pdf', { type: 'application/pdf' }) }),
    isPublic: true,
  }),
]
