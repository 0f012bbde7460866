import { dictionary } from './dictionary'

/** Words of the form that changes a password. */
export const passwordWords = dictionary('password', {
  bg: {
    title: 'Смяна на паролата',
    currentPassword: 'Сегашна парола',
    newPassword: 'Нова парола',
    newPasswordAgain: 'Новата парола още веднъж',
    passwordHint: 'Поне 12 знака. Най-лесно се помнят няколко несвързани думи.',
    changePassword: 'Смени паролата',
  },
  en: {
    title: 'Change the password',
    currentPassword: 'Present password',
    newPassword: 'New password',
    newPasswordAgain: 'The new password once more',
    passwordHint: 'At least 12 characters. A few unrelated words are easiest to remember.',
    changePassword: 'Change the password',
  },
})
