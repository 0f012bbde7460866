/** The login an address or user name stands for: NFC, without outer spaces, in small letters. Accounts are stored so. */
export const loginOf = (typed: string) => typed.normalize('NFC').trim().toLowerCase()

const EMAIL = /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+\.[^\s@<>()[\]\\,;:".]{2,}$/u
/** A user name for staff without e-mail: letters (also Cyrillic), digits, dot, hyphen, underscore. */
const USER_NAME = /^[\p{L}\p{N}](?:[\p{L}\p{N}._-]*[\p{L}\p{N}])?$/u

export const isEmail = (login: string) => EMAIL.test(login)

/** Whether `login` (as `loginOf` returns it) may be given to an account: an e-mail address, or a user name of at least three characters. */
export const isLogin = (login: string) => login.length >= 3 && login.length <= 254 && (isEmail(login) || USER_NAME.test(login))
