import { errorWords } from './error-words'

/** Refusals and short confirmations about accounts and signing in. */
export const accountErrors = errorWords('account', {
  bg: {
    login_missing: 'Въведете електронна поща или потребителско име',
    password_missing: 'Въведете парола',
    wrong_login: 'Името за вход или паролата не са верни. Проверете ги и опитайте отново.',
    no_role: 'Профилът Ви няма активна роля. Обърнете се към администратора на Вашата община.',
    other_account: 'Формулярът е отворен от друг профил. Презаредете страницата и опитайте отново.',
    password_short: 'Паролата трябва да е поне 12 знака',
    password_long: 'Паролата може да е най-много 200 знака',
    password_is_login: 'Паролата не може да съвпада с името за вход',
    password_common: 'Тази парола е твърде известна. Изберете друга, например няколко несвързани думи.',
    password_differs: 'Двете пароли не съвпадат',
    password_wrong: 'Сегашната парола не е вярна',
    password_changed: 'Паролата е сменена. Останалите Ви влизания са прекратени.',
  },
  en: {
    login_missing: 'Enter your e-mail address or user name',
    password_missing: 'Enter your password',
    wrong_login: 'The login or the password is wrong. Check both and try again.',
    no_role: 'Your account has no active role. Ask the administrator of your municipality.',
    other_account: 'The form was opened by another account. Reload the page and try again.',
    password_short: 'The password must have at least 12 characters',
    password_long: 'The password may have at most 200 characters',
    password_is_login: 'The password must not be the login',
    password_common: 'This password is too well known. Choose another one, for example a few unrelated words.',
    password_differs: 'The two passwords differ',
    password_wrong: 'The present password is wrong',
    password_changed: 'The password has been changed. Your other sessions have been ended.',
  },
})
