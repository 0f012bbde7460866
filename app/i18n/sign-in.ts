import { dictionary } from './dictionary'

/** Words of the way in: signing in, the invitation, the first set-up. */
export const signInWords = dictionary('sign-in', {
  bg: {
    title: 'Вход',
    login: 'Електронна поща или потребителско име',
    password: 'Парола',
    submit: 'Влез',
    help: 'Забравена парола? Администраторът на Вашата община ще Ви даде нова връзка за вход.',
  },
  en: {
    title: 'Sign in',
    login: 'E-mail address or user name',
    password: 'Password',
    submit: 'Sign in',
    help: 'Forgot your password? The administrator of your municipality can give you a new link.',
  },
})
